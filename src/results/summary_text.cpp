#include "results/summary_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>

#include "results/detail/shown_shares.hpp"
#include "results/detail/utf8.hpp"
#include "results/disclaimer.hpp"
#include "results/text_table.hpp"

namespace truce::results {

namespace {

std::string head_of(const RunSummary& run, const SummaryLayout& layout) {
  std::string text = printable(run.schema.title) + "\n";
  text +=
      fmt::format("{} trial{}, seed {}", run.trials, run.trials == 1 ? "" : "s", run.schema.seed);
  if (run.completion == Completion::shard) {
    text += fmt::format(", shard of the {} planned", run.schema.trials);
  } else if (run.completion != Completion::complete) {
    text += fmt::format(", {} before the {} planned", name_of(run.completion), run.schema.trials);
  }
  if (rows_of(run) < run.trials) text += fmt::format(", rows of {} kept", rows_of(run));
  text += "\n" + parameters_text(run.schema.parameters, layout.all);
  return wrapped(text, 2, layout.columns) + failures_text(failures_of(run));
}

/// Trials that say how they ended.
std::uint64_t counted(const RunSummary& run) {
  return run.trials - run.failed;
}

std::string share_range(const Interval& ci) {
  return range_text(per_cent(ci.low), per_cent(ci.high));
}

std::string number_range(const Interval& ci) {
  return range_text(short_number(ci.low), short_number(ci.high));
}

std::string mark_of(const Estimate& estimate) {
  return estimate.controlled ? "* " : "";
}

/// What the mark says, where any of what is shown has it.
std::string controlled_text(const RunSummary& run,
                            const std::vector<const OutcomeSummary*>& shown) {
  double least = std::numeric_limits<double>::infinity(), most = 0;
  const auto take = [&](const Estimate& estimate, double gain) {
    if (!estimate.controlled) return;
    least = std::min(least, gain);
    most = std::max(most, gain);
  };
  for (const OutcomeSummary* outcome : shown) take(estimate_of(*outcome), outcome->controlled.gain);
  for (const Share& ending : run.endings) {
    take(estimate_of(ending, counted(run)), ending.controlled.gain);
  }
  if (most == 0) return "";
  return fmt::format(
      "* mean and interval after control variates have taken out luck of the draws, as narrow as "
      "with {} times as many trials; --controlled shows both\n",
      range_text(decimal(least, 1), decimal(most, 1)));
}

std::string shares_text(const std::string& heading, const std::string& one, const std::string& many,
                        const std::vector<Share>& shares, std::uint64_t trials, std::size_t most,
                        std::size_t columns) {
  TextTable table({{heading, Align::left}, {"trials"}, {"%"}, {"95 % interval"}});
  const ShownShares all = shown_shares(shares, most);
  for (const Share* share : all.shown) {
    const Estimate estimate = estimate_of(*share, trials);
    table.add({printable(share->label), fmt::format("{}", share->count), per_cent(estimate.mean),
               mark_of(estimate) + share_range(estimate.ci)});
  }
  if (!all.rare.empty()) {
    std::uint64_t count = 0;
    double probability = 0;
    for (const Share* share : all.rare) {
      count += share->count;
      probability += share->probability;
    }
    table.add({fmt::format("{} rarer {}", all.rare.size(), many), fmt::format("{}", count),
               per_cent(probability), ""});
  }
  std::string text = table.text(columns);
  if (all.never > 0 && all.rare.empty()) {
    text += fmt::format("in no trial: {} other {}\n", all.never, all.never == 1 ? one : many);
  }
  return text;
}

void add_outcome(TextTable& table, const OutcomeSummary& outcome, bool with_median) {
  const std::string name = printable(outcome.name);
  const Estimate estimate = estimate_of(outcome);
  if (outcome.kind == ColumnKind::boolean) {
    table.add({name, "% yes", per_cent(estimate.mean), mark_of(estimate) + share_range(estimate.ci),
               "", ""});
    return;
  }
  const auto quantile = [&](std::size_t q) { return short_number(outcome.quantiles[q]); };
  table.add(
      {name, outcome.unit == "1" ? "" : printable(outcome.unit), short_number(estimate.mean),
       estimate.controlled ? mark_of(estimate) + number_range(estimate.ci) : interval_text(outcome),
       with_median ? quantile(median) : "",
       range_text(quantile(quantile_05), quantile(quantile_95))});
}

/// As one table; a median that would part it in two is left to `all`.
std::string outcomes_text(const std::vector<const OutcomeSummary*>& shown,
                          const SummaryLayout& layout) {
  for (const bool with_median : {true, false}) {
    TextTable table({{"outcome", Align::left},
                     {"unit", Align::left},
                     {"mean"},
                     {"95 % interval"},
                     {with_median ? "median" : ""},
                     {"5 % to 95 %"}});
    for (const OutcomeSummary* outcome : shown) add_outcome(table, *outcome, with_median);
    if (!with_median || layout.all || table.width() <= layout.columns) {
      return table.text(layout.columns);
    }
  }
  return {};
}

/// Outcomes that are told, and those that are not, by name or just counted.
struct ShownOutcomes {
  std::vector<const OutcomeSummary*> shown;
  std::vector<std::string> left;
  std::size_t others = 0;
};

ShownOutcomes shown_outcomes(const RunSummary& run, bool all) {
  constexpr std::size_t most = 8;
  ShownOutcomes result;
  for (const OutcomeSummary& outcome : run.outcomes) {
    if (all || is_of_scenario(outcome.name) || outcome.name == "duration") {
      result.shown.push_back(&outcome);
    } else {
      ++result.others;
    }
  }
  // A scenario writes its chief outcomes first. Two lines more cost less than a line on them.
  if (!all && result.shown.size() > most + 2) {
    for (std::size_t i = most; i < result.shown.size(); ++i) {
      result.left.push_back(printable(result.shown[i]->name));
    }
    result.shown.resize(most);
  }
  return result;
}

std::string not_shown(const ShownOutcomes& outcomes) {
  const auto& [shown, left, others] = outcomes;
  const std::size_t hidden = left.size() + others;
  if (hidden == 0) return "";
  std::string text = fmt::format("not shown: {} other outcome{}, which --all tells", hidden,
                                 hidden == 1 ? "" : "s");
  if (!left.empty()) text += fmt::format(": {}", fmt::join(left, ", "));
  if (!left.empty() && others > 0) text += fmt::format(" and {} more", others);
  return text + "\n";
}

}  // namespace

std::string interval_text(const OutcomeSummary& outcome) {
  if (outcome.kind == ColumnKind::boolean) {
    return share_range(outcome.ci);
  }
  if (is_constant(outcome)) return "does not vary";
  return (too_few(outcome) ? "~ " : "") + number_range(outcome.ci);
}

std::string few_text(const std::vector<const OutcomeSummary*>& shown) {
  const bool any = std::ranges::any_of(
      shown, [](const OutcomeSummary* o) { return too_few(*o) && !is_constant(*o); });
  return any ? "~ too few trials, for an outcome that may be so skewed, to rely on the interval\n"
             : "";
}

std::string missing_text(const std::vector<const OutcomeSummary*>& shown) {
  std::vector<std::string> missing;
  for (const OutcomeSummary* outcome : shown) {
    if (outcome->missing == 0) continue;
    missing.push_back(fmt::format("{} in {}", printable(outcome->name), outcome->missing));
  }
  if (missing.empty()) return "";
  return fmt::format("trials without a value, left out: {}\n", fmt::join(missing, ", "));
}

std::string summary_table(const RunSummary& run, const SummaryLayout& layout) {
  constexpr std::size_t most_endings = 8;
  constexpr std::size_t most_causes = 3;
  const std::size_t everything = run.endings.size() + run.causes.size();
  if (run.failed == run.trials && run.trials > 0 && !layout.all) {
    return head_of(run, layout) + "\nno trial is left to tell of\n\n" + std::string(disclaimer) +
           "\n";
  }
  const ShownOutcomes outcomes = shown_outcomes(run, layout.all);
  const auto& shown = outcomes.shown;
  const bool inexact = std::ranges::any_of(
      shown, [](const OutcomeSummary* outcome) { return outcome->quantiles_error > 0; });
  std::string more = wrapped(controlled_text(run, shown) + few_text(shown) + missing_text(shown), 2,
                             layout.columns);
  if (inexact) {
    more += "medians and other quantiles of reals: within 0.1 %, as not all rows are kept\n";
  }
  more += wrapped(not_shown(outcomes), 2, layout.columns);
  return head_of(run, layout) + "\n" +
         shares_text("ending", "ending", "endings", run.endings, counted(run),
                     layout.all ? everything : most_endings, layout.columns) +
         "\n" +
         shares_text("cause of collapse", "cause", "causes", run.causes, counted(run),
                     layout.all ? everything : most_causes, layout.columns) +
         "\n" + outcomes_text(shown, layout) + more + "\n" + std::string(disclaimer) + "\n";
}

}  // namespace truce::results
