#include "truce/results/summary_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "text_table.hpp"
#include "truce/results/disclaimer.hpp"
#include "utf8.hpp"

namespace truce::results {

namespace {

std::string range_text(const std::string& low, const std::string& high) {
  if (low == "-" && high == "-") return "-";
  return low.starts_with('-') || high.starts_with('-') ? low + " to " + high : low + " - " + high;
}

std::string head_of(const RunSummary& run) {
  std::string text = printable(run.schema.title) + "\n";
  text += fmt::format("{} trials, seed {}", run.trials, run.schema.seed);
  if (run.completion != Completion::complete) {
    text += fmt::format(", {} before the {} planned", name_of(run.completion), run.schema.trials);
  }
  return text + "\n" + failures_text(failures_of(run));
}

std::string shares_text(const std::string& heading, const std::vector<Share>& shares) {
  TextTable table({{heading, Align::left}, {"trials"}, {"%"}, {"95 % interval"}});
  std::size_t others = 0;
  for (const Share& share : shares) {
    if (share.count == 0) {
      ++others;
      continue;
    }
    table.add({printable(share.label), fmt::format("{}", share.count), per_cent(share.probability),
               range_text(per_cent(share.ci.low), per_cent(share.ci.high))});
  }
  std::string text = table.text();
  if (others > 0) text += fmt::format("({} more never)\n", others);
  return text;
}

void add_outcome(TextTable& table, const OutcomeSummary& outcome) {
  const std::string name = printable(outcome.name);
  const std::string missing = outcome.missing == 0 ? "" : fmt::format("{}", outcome.missing);
  if (outcome.kind == ColumnKind::boolean) {
    table.add({name, "% yes", per_cent(outcome.mean),
               range_text(per_cent(outcome.ci.low), per_cent(outcome.ci.high)), "", "", missing});
    return;
  }
  const auto quantile = [&](std::size_t q) { return short_number(outcome.quantiles[q]); };
  table.add({name, outcome.unit == "1" ? "" : printable(outcome.unit), short_number(outcome.mean),
             (too_few(outcome) ? "~ " : "") +
                 range_text(short_number(outcome.ci.low), short_number(outcome.ci.high)),
             quantile(median), range_text(quantile(quantile_05), quantile(quantile_95)), missing});
}

std::string few_text(const RunSummary& run) {
  const bool any = std::ranges::any_of(run.outcomes, [](const auto& o) { return too_few(o); });
  return any ? "~ too few trials, for so skewed an outcome, to rely on the interval\n" : "";
}

}  // namespace

std::string summary_table(const RunSummary& run) {
  TextTable outcomes({{"outcome", Align::left},
                      {"unit", Align::left},
                      {"mean"},
                      {"95 % interval"},
                      {"median"},
                      {"5 % - 95 %"},
                      {"missing"}});
  for (const OutcomeSummary& outcome : run.outcomes) add_outcome(outcomes, outcome);
  return head_of(run) + "\n" + shares_text("ending", run.endings) + "\n" +
         shares_text("cause of collapse", run.causes) + "\n" + outcomes.text() + few_text(run) +
         "\n" + std::string(disclaimer) + "\n";
}

}  // namespace truce::results
