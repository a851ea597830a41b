#include "results/summary_json.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "results/disclaimer.hpp"

namespace truce::results {

namespace {

using Json = nlohmann::ordered_json;

/// JSON has no infinite numbers; a null would look like a missing one.
Json number(double x) {
  if (std::isinf(x)) return x > 0 ? "infinity" : "-infinity";
  return x;
}

Json interval(const Interval& ci) {
  return Json::array({number(ci.low), number(ci.high)});
}

Json shares_json(const std::vector<Share>& shares) {
  Json list = Json::array();
  for (const Share& share : shares) {
    list.push_back({{"name", share.label},
                    {"count", share.count},
                    {"probability", number(share.probability)},
                    {"ci", interval(share.ci)},
                    {"probability_controlled", number(share.controlled.mean)},
                    {"se_controlled", number(share.controlled.se)},
                    {"gain", number(share.controlled.gain)}});
  }
  return list;
}

Json parameters_json(const std::vector<RunParameter>& parameters) {
  Json all = Json::object();
  for (const RunParameter& parameter : parameters) {
    all[parameter.name] = {{"origin", name_of(parameter.origin)}};
    if (parameter.origin != Origin::drawn) all[parameter.name]["value"] = number(parameter.value);
  }
  return all;
}

Json outcome_json(const OutcomeSummary& outcome) {
  Json quantiles = Json::array();
  for (std::size_t q = 0; q < quantile_count; ++q) {
    quantiles.push_back({{"probability", quantile_probabilities()[q]},
                         {"value", number(outcome.quantiles[q])},
                         {"ci", interval({outcome.quantile_intervals.low[q],
                                          outcome.quantile_intervals.high[q]})}});
  }
  return {{"name", outcome.name},
          {"kind", name_of(outcome.kind)},
          {"unit", outcome.unit},
          {"count", outcome.count},
          {"missing", outcome.missing},
          {"mean", number(outcome.mean)},
          {"sd", number(outcome.sd)},
          {"se", number(outcome.se)},
          {"mean_controlled", number(outcome.controlled.mean)},
          {"se_controlled", number(outcome.controlled.se)},
          {"gain", number(outcome.controlled.gain)},
          {"skewness", number(outcome.skewness)},
          {"too_few", too_few(outcome)},
          {"ci", interval(outcome.ci)},
          {"min", number(outcome.min)},
          {"max", number(outcome.max)},
          {"median", number(outcome.quantiles[median])},
          {"quantiles", quantiles}};
}

}  // namespace

Json summary_json(const RunSummary& run) {
  Json outcomes = Json::array();
  for (const OutcomeSummary& outcome : run.outcomes) outcomes.push_back(outcome_json(outcome));
  return {{"title", run.schema.title},
          {"trials", run.trials},
          {"trials_planned", run.schema.trials},
          {"trials_failed", run.failed},
          {"failures", failures_json(failures_of(run))},
          {"completion", name_of(run.completion)},
          {"seed", run.schema.seed},
          {"parameters", parameters_json(run.schema.parameters)},
          {"horizon", run.schema.horizon},
          {"program_version", run.schema.program_version},
          {"git_revision", run.schema.git_revision},
          {"endings", shares_json(run.endings)},
          {"causes", shares_json(run.causes)},
          {"outcomes", outcomes},
          {"disclaimer", disclaimer}};
}

Json histogram_json(const RunReader& run, const std::string& outcome) {
  const bool category = outcome == "ending" || outcome == "cause";
  return histogram_json(run.summary(), category ? Distribution() : run.distribution(outcome),
                        outcome);
}

Json histogram_json(const RunSummary& run, const Distribution& distribution,
                    const std::string& outcome) {
  if (outcome == "ending") return {{"outcome", outcome}, {"shares", shares_json(run.endings)}};
  if (outcome == "cause") return {{"outcome", outcome}, {"shares", shares_json(run.causes)}};
  const OutcomeSummary& summary = *std::ranges::find(run.outcomes, outcome, &OutcomeSummary::name);
  const bool real = summary.kind == ColumnKind::real;
  Json json = {{"outcome", outcome},
               {"unit", summary.unit},
               {real ? "edges" : "values", distribution.values},
               {"counts", distribution.counts},
               {"missing", summary.missing}};
  if (real) json["infinite"] = distribution.infinite;
  return json;
}

}  // namespace truce::results
