#include "comparison_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/text_table.hpp"
#include "truce/results/disclaimer.hpp"

namespace truce::cli {

namespace {

using analysis::Comparison;
using analysis::Estimate;
using analysis::Pairing;
using Json = nlohmann::ordered_json;
using results::short_number;

std::string cell_of(const Estimate& e) {
  if (std::isnan(e.value)) return "-";
  return fmt::format("{} ({} to {})", short_number(e.value), short_number(e.interval.low),
                     short_number(e.interval.high));
}

std::string_view name_of(analysis::Dominance dominance) {
  switch (dominance) {
    case analysis::Dominance::a_is_larger:
      return "larger";
    case analysis::Dominance::b_is_larger:
      return "smaller";
    case analysis::Dominance::equal:
      return "equal";
    case analysis::Dominance::none:
      return "no";
  }
  return {};
}

Json number(double x) {
  return std::isfinite(x) ? Json(x) : Json(nullptr);
}

Json json_of(const Estimate& e) {
  return {{"value", number(e.value)},
          {"low", number(e.interval.low)},
          {"high", number(e.interval.high)}};
}

Json json_of(const NamedComparison& entry) {
  const Comparison& c = entry.comparison;
  Json quantiles = Json::array();
  for (const analysis::QuantileDifference& q : c.quantiles) {
    quantiles.push_back({{"probability", q.probability},
                         {"a", number(q.a)},
                         {"b", number(q.b)},
                         {"difference", json_of(q.difference)}});
  }
  return {{"outcome", entry.outcome},
          {"a", entry.a},
          {"b", entry.b},
          {"paired", c.pairing == Pairing::paired},
          {"count_a", c.count_a},
          {"count_b", c.count_b},
          {"only_a", c.only_a},
          {"only_b", c.only_b},
          {"mean_a", number(c.mean_a)},
          {"mean_b", number(c.mean_b)},
          {"difference", json_of(c.difference)},
          {"variance_reduction", number(c.variance_reduction)},
          {"p_larger", json_of(c.larger)},
          {"p_smaller", json_of(c.smaller)},
          {"dominance", name_of(c.dominance)},
          {"most_above", c.most_above},
          {"most_below", c.most_below},
          {"quantiles", std::move(quantiles)},
          {"p_value", number(c.p_value)},
          {"p_adjusted", number(entry.p_adjusted)}};
}

}  // namespace

std::string comparisons_text(const std::vector<NamedComparison>& entries, const std::string& note) {
  constexpr std::size_t most = 60;
  results::TextTable table({{"outcome", results::Align::left},
                            {"compared", results::Align::left},
                            {"with", results::Align::left},
                            {"means"},
                            {"difference (95 % interval)"},
                            {"P(more)"},
                            {"P(less)"},
                            {"dominates"},
                            {"variance / pairs"},
                            {"p (Holm)"}});
  for (std::size_t i = 0; i < std::min(most, entries.size()); ++i) {
    const NamedComparison& entry = entries[i];
    const Comparison& c = entry.comparison;
    table.add({entry.outcome, entry.a, entry.b,
               fmt::format("{} vs {}", short_number(c.mean_a), short_number(c.mean_b)),
               cell_of(c.difference), short_number(c.larger.value), short_number(c.smaller.value),
               std::string(name_of(c.dominance)), short_number(c.variance_reduction),
               fmt::format("{:.2g}", entry.p_adjusted)});
  }
  std::string text = fmt::format("{}\n\n{}", note, table.text());
  if (entries.size() > most) {
    text += fmt::format("({} more; --json tells all)\n", entries.size() - most);
  }
  return text +
         fmt::format(
             "\nP(more), P(less): share of trials in which the outcome is larger, or smaller\n"
             "dominates: first-order stochastic dominance of the samples\n"
             "variance / pairs: how much larger the difference's variance would be in independent "
             "runs\n"
             "p (Holm): of equal means, adjusted for {} comparison{}\n\n{}",
             entries.size(), entries.size() == 1 ? "" : "s", results::disclaimer);
}

Json comparisons_json(const std::vector<NamedComparison>& entries, const std::string& note) {
  Json comparisons = Json::array();
  for (const NamedComparison& entry : entries) comparisons.push_back(json_of(entry));
  return {
      {"note", note}, {"comparisons", std::move(comparisons)}, {"disclaimer", results::disclaimer}};
}

}  // namespace truce::cli
