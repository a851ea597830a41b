#include "results/conditioned_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "results/detail/utf8.hpp"
#include "results/text_table.hpp"

namespace truce::results {

namespace {

using Json = nlohmann::ordered_json;

/// JSON knows neither NaN nor infinity: they are null.
Json finite(double x) {
  return std::isfinite(x) ? Json(x) : Json(nullptr);
}

/// Three digits, also of what is very small.
std::string evidence_text(double x) {
  return x > 0 && x < 1e-3 ? fmt::format("{:.2e}", x) : fmt::format("{:.3g}", x);
}

/// How far the mean has moved, in standard deviations of the prior.
double shift_of(const PosteriorParameter& parameter) {
  if (!(parameter.prior_sd > 0)) return 0;
  return (parameter.mean - parameter.prior_mean) / parameter.prior_sd;
}

/// Whether what is known tells something of the parameter that one would look at.
bool has_moved(const PosteriorParameter& parameter) {
  constexpr double least_shift = 0.2;
  constexpr double least_narrowing = 0.8;
  const bool beyond_noise =
      parameter.prior_mean < parameter.ci.low || parameter.prior_mean > parameter.ci.high;
  const bool shifted = std::abs(shift_of(parameter)) >= least_shift && beyond_noise;
  return shifted || parameter.sd < least_narrowing * parameter.prior_sd;
}

std::string facts_table(const Conditioned& conditioned, std::size_t columns) {
  TextTable table({{"known", Align::left}, {"day"}, {"passing, %"}, {"evidence"}});
  bool likelihood = false;
  for (const ConditionedFact& fact : conditioned.facts) {
    likelihood = likelihood || fact.likelihood;
    table.add({printable(fact.text), short_number(fact.day),
               fact.likelihood ? "* " + evidence_text(fact.share) : per_cent(fact.share),
               evidence_text(fact.evidence)});
  }
  std::string text = table.text(columns);
  if (likelihood) text += "* mean likelihood of a measurement, a density\n";
  return text;
}

std::string method_text(const Conditioned& conditioned) {
  std::string text =
      conditioned.independent()
          ? fmt::format(
                "{} trials begun, and rejected where they do not agree: the rows are "
                "independent\n",
                conditioned.started)
          : fmt::format(
                "{} trials begun in {} groups (sequential Monte Carlo): the rows come from {} of "
                "them, and are worth {:.0f} independent trials\n",
                conditioned.started, conditioned.group_evidence.size(), conditioned.distinct,
                conditioned.effective_trials);
  if (conditioned.failed > 0) {
    text +=
        fmt::format("{} of the trials begun failed before all was known: here they do not agree\n",
                    conditioned.failed);
  }
  return text;
}

std::string posterior_table(std::vector<PosteriorParameter> parameters,
                            const SummaryLayout& layout) {
  if (parameters.empty()) return "";
  std::ranges::stable_sort(parameters, [](const auto& a, const auto& b) {
    return std::abs(shift_of(a)) > std::abs(shift_of(b));
  });
  TextTable table({{"parameter", Align::left},
                   {"prior"},
                   {"5 % to 95 %"},
                   {"given that"},
                   {"5 % to 95 %"},
                   {"moved, sd"}});
  std::vector<std::string> others;
  const auto range = [](const Quantiles& quantiles) {
    return range_text(short_number(quantiles[quantile_05]), short_number(quantiles[quantile_95]));
  };
  for (const PosteriorParameter& parameter : parameters) {
    if (!layout.all && !has_moved(parameter)) {
      others.push_back(printable(parameter.name));
      continue;
    }
    table.add({printable(parameter.name), short_number(parameter.prior_mean),
               range(parameter.prior_quantiles), short_number(parameter.mean),
               range(parameter.quantiles), fmt::format("{:+.2f}", shift_of(parameter))});
  }
  std::string text = others.size() < parameters.size() ? table.text(layout.columns) : "";
  if (!others.empty()) {
    text += wrapped(fmt::format("hardly moved: {}\n", fmt::join(others, ", ")), 2, layout.columns);
  }
  return "\n" + text;
}

}  // namespace

std::string conditioned_text(const Conditioned& conditioned, const SummaryLayout& layout) {
  const std::string told =
      fmt::format("evidence, the probability of all that: {} (95 %: {} to {})\n{}",
                  evidence_text(conditioned.evidence), evidence_text(conditioned.evidence_ci.low),
                  evidence_text(conditioned.evidence_ci.high), method_text(conditioned));
  return facts_table(conditioned, layout.columns) + wrapped(told, 2, layout.columns) +
         posterior_table(conditioned.posterior, layout) + "\n";
}

Json conditioned_json(const Conditioned& conditioned) {
  Json facts = Json::array();
  for (const ConditionedFact& fact : conditioned.facts) {
    facts.push_back({{"fact", fact.text},
                     {"line", fact.line},
                     {"day", fact.day},
                     {fact.likelihood ? "likelihood" : "share", finite(fact.share)},
                     {"evidence", finite(fact.evidence)}});
  }
  Json parameters = Json::array();
  for (const PosteriorParameter& parameter : conditioned.posterior) {
    parameters.push_back({{"name", parameter.name},
                          {"prior_mean", finite(parameter.prior_mean)},
                          {"prior_sd", finite(parameter.prior_sd)},
                          {"mean", finite(parameter.mean)},
                          {"sd", finite(parameter.sd)},
                          {"ci", {finite(parameter.ci.low), finite(parameter.ci.high)}},
                          {"shift", finite(shift_of(parameter))},
                          {"moved", has_moved(parameter)}});
  }
  return {
      {"method", conditioned.method},
      {"facts", std::move(facts)},
      {"evidence", finite(conditioned.evidence)},
      {"evidence_ci", {finite(conditioned.evidence_ci.low), finite(conditioned.evidence_ci.high)}},
      {"effective_trials", finite(conditioned.effective_trials)},
      {"trials_started", conditioned.started},
      {"trials_started_failed", conditioned.failed},
      {"trials_distinct", conditioned.distinct},
      {"groups", conditioned.group_evidence.size()},
      {"posterior", std::move(parameters)}};
}

}  // namespace truce::results
