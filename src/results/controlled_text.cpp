#include "results/controlled_text.hpp"

#include <fmt/format.h>

#include <cmath>

#include "results/detail/utf8.hpp"
#include "results/text_table.hpp"

namespace truce::results {

namespace {

struct TwoEstimates {
  std::string name;
  std::string unit;
  bool share = false;
  double mean = 0, se = 0;
  ControlledMean controlled;
};

std::string with_error(const TwoEstimates& estimate, double mean, double se) {
  const double scale = estimate.share ? 100 : 1;
  const double half = z_95 * se * scale;
  if (!(half > 0)) return "-";
  // The error with two digits, the mean with as many decimals.
  const int decimals = std::max(0, 1 - static_cast<int>(std::floor(std::log10(half))));
  return decimal(mean * scale, decimals) + " ± " + decimal(half, decimals);
}

void add(TextTable& table, const TwoEstimates& estimate) {
  const ControlledMean& controlled = estimate.controlled;
  table.add({printable(estimate.name), estimate.share ? "%" : printable(estimate.unit),
             with_error(estimate, estimate.mean, estimate.se),
             with_error(estimate, controlled.mean, controlled.se),
             std::isnan(controlled.gain) ? "-"
             : controlled.gain < 1000    ? decimal(controlled.gain, 2)
                                         : short_number(controlled.gain)});
}

bool any_controlled(const RunSummary& run) {
  for (const OutcomeSummary& outcome : run.outcomes) {
    if (!std::isnan(outcome.controlled.gain)) return true;
  }
  for (const Share& ending : run.endings) {
    if (!std::isnan(ending.controlled.gain)) return true;
  }
  return false;
}

}  // namespace

std::string controlled_table(const RunSummary& run, std::size_t columns, bool all) {
  if (!any_controlled(run)) {
    return wrapped(
        "No control variates: runs of fewer than 10,000 trials, studies, and files of earlier "
        "versions have none.\n",
        0, columns);
  }
  TextTable table({{"outcome", Align::left}, {""}, {"mean"}, {"controlled"}, {"gain"}});
  const auto n = static_cast<double>(run.trials - run.failed);
  for (const Share& ending : run.endings) {
    if (ending.count == 0) continue;
    const double p = ending.probability;
    add(table, {ending.label, "", true, p, std::sqrt(p * (1 - p) / n), ending.controlled});
  }
  for (const OutcomeSummary& outcome : run.outcomes) {
    if (!all && !is_of_scenario(outcome.name)) continue;
    add(table, {outcome.name, outcome.unit == "1" ? "" : outcome.unit,
                outcome.kind == ColumnKind::boolean, outcome.mean, outcome.se, outcome.controlled});
  }
  return table.text(columns) +
         wrapped(
             "Means with half their 95 % intervals. \"controlled\" is the same mean after a "
             "regression on the luck of the draws, whose expectation is known, has taken out what "
             "that explains; with GAIN times as many trials the plain interval would be as "
             "narrow.\n",
             0, columns);
}

}  // namespace truce::results
