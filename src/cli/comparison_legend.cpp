#include "cli/comparison_legend.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "results/text_table.hpp"

namespace truce::cli {

std::string comparison_legend(const std::vector<NamedComparison>& entries,
                              const ReportOptions& options) {
  const auto any = [&](auto&& f) { return std::ranges::any_of(entries, f); };
  std::string text;
  if (any([](const auto& e) { return e.missing_a + e.missing_b > 0; })) {
    text +=
        "missing: trials without a value, on either side; where one side has none, the pair is "
        "left out\n";
  }
  if (any([](const auto& e) { return e.comparison.too_few; })) {
    text += "~ too few trials, for a difference that may be so skewed, to rely on the interval\n";
  }
  const bool paired =
      any([](const auto& e) { return e.comparison.pairing == analysis::Pairing::paired; });
  text += fmt::format("% more, % less: share of {} in which the outcome is larger, or smaller\n",
                      paired ? "trials" : "all pairs of a trial of one and one of the other");
  text +=
      "shift: whether P(outcome > x) is larger or smaller at some of up to nine x, at 5 % for "
      "all\n";
  if (paired) {
    text +=
        "gain: how many times as many trials independent runs would need for the same interval\n";
  }
  text += fmt::format("p (Holm): of equal means, adjusted for {} test{}\n", options.tests,
                      options.tests == 1 ? "" : "s");
  if (options.margin > 0) {
    text += fmt::format("p (beyond {0}): of a difference of {0} or more, either way\n",
                        results::short_number(options.margin));
  }
  if (options.see > 0) {
    text +=
        fmt::format("trials: with which a difference of {} is seen at 5 % with a chance of 80 %\n",
                    results::short_number(options.see));
  }
  return text;
}

}  // namespace truce::cli
