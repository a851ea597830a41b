#include "cli/comparison_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "cli/comparison_legend.hpp"
#include "cli/json.hpp"
#include "cli/report.hpp"
#include "results/disclaimer.hpp"
#include "results/text_table.hpp"

namespace truce::cli {

namespace {

using analysis::Comparison;
using analysis::Estimate;
using analysis::Pairing;
using results::Interval;
using results::short_number;

/// Of every test reported, so that all intervals hold together with 95 % (Bonferroni).
double confidence_of(const ReportOptions& options, bool simultaneous) {
  return simultaneous ? 1 - 0.05 / static_cast<double>(options.tests) : 0.95;
}

std::string difference_cell(const NamedComparison& entry, const ReportOptions& options) {
  const Comparison& c = entry.comparison;
  if (std::isnan(c.difference.value())) return "-";
  // Of what never differed, shares alone have an interval.
  if (!c.varies && entry.kind != analysis::ValueKind::yes_or_no) return "does not vary";
  const Interval at = c.difference.interval(confidence_of(options, options.simultaneous));
  return fmt::format("{}{} ({} to {})", c.too_few ? "~ " : "", short_number(c.difference.value()),
                     short_number(at.low), short_number(at.high));
}

std::string_view name_of(analysis::Shift shift) {
  switch (shift) {
    case analysis::Shift::larger:
      return "larger";
    case analysis::Shift::smaller:
      return "smaller";
    case analysis::Shift::crossing:
      return "crossing";
    case analysis::Shift::none:
      return "no";
  }
  return {};
}

/// NaN where nothing varies, as for every test.
double not_equivalent(const Comparison& c, const ReportOptions& options) {
  return c.varies ? c.difference.p_not_equivalent(options.margin)
                  : std::numeric_limits<double>::quiet_NaN();
}

double needed(const Comparison& c, const ReportOptions& options) {
  return c.varies ? analysis::trials_to_see(c, options.see)
                  : std::numeric_limits<double>::quiet_NaN();
}

Json json_of(double value, const Interval& interval) {
  return {{"value", number(value)}, {"low", number(interval.low)}, {"high", number(interval.high)}};
}

Json json_of(const Estimate& e) {
  return json_of(e.value, e.interval);
}

Json json_of(const NamedComparison& entry, const ReportOptions& options) {
  const Comparison& c = entry.comparison;
  Json quantiles = Json::array();
  for (const analysis::QuantileDifference& q : c.quantiles) {
    quantiles.push_back({{"probability", q.probability},
                         {"a", number(q.a)},
                         {"b", number(q.b)},
                         {"difference", json_of(q.difference)}});
  }
  const double d = c.difference.value();
  Json json = {{"outcome", entry.outcome},
               {"unit", entry.unit},
               {"kind", entry.kind == analysis::ValueKind::yes_or_no ? "boolean" : "number"},
               {"a", entry.a},
               {"b", entry.b},
               {"paired", c.pairing == Pairing::paired},
               {"trials", c.trials},
               {"count_a", c.count_a},
               {"count_b", c.count_b},
               {"missing_a", entry.missing_a},
               {"missing_b", entry.missing_b},
               {"failed_a", entry.left_out.failed_a},
               {"failed_b", entry.left_out.failed_b},
               {"unpaired_a", entry.left_out.unpaired_a},
               {"unpaired_b", entry.left_out.unpaired_b},
               {"only_a", c.only_a},
               {"only_b", c.only_b},
               {"varies", c.varies},
               {"too_few", c.too_few},
               {"mean_a", number(c.mean_a)},
               {"mean_b", number(c.mean_b)},
               {"difference", json_of(d, c.difference.interval(0.95))},
               {"simultaneous", json_of(d, c.difference.interval(confidence_of(options, true)))},
               {"variance_reduction", number(c.variance_reduction)},
               {"p_larger", json_of(c.larger)},
               {"p_smaller", json_of(c.smaller)},
               {"shift", name_of(c.shift)},
               {"quantiles", std::move(quantiles)},
               {"p_value", number(entry.p_value)},
               {"p_adjusted", number(entry.p_adjusted)}};
  if (options.margin > 0) {
    json["p_not_equivalent"] = number(not_equivalent(c, options));
  }
  if (options.see > 0) json["trials_to_see"] = number(needed(c, options));
  return json;
}

/// "A of one side, B of the other"; empty where there are none.
std::string counts(std::uint64_t a, std::uint64_t b) {
  return a + b == 0 ? "" : fmt::format("{} vs {}", a, b);
}

/// What no row of the table can say: trials that are not compared at all.
std::string left_out_trials_text(const std::vector<NamedComparison>& entries) {
  std::string text;
  std::string last;
  for (const NamedComparison& entry : entries) {
    const LeftOut& left = entry.left_out;
    std::string line;
    if (left.failed_a + left.failed_b > 0) {
      line += fmt::format("; {} trials failed", counts(left.failed_a, left.failed_b));
    }
    if (left.unpaired_a + left.unpaired_b > 0) {
      line += fmt::format("; {} trials are not used, which the other does not have",
                          counts(left.unpaired_a, left.unpaired_b));
    }
    if (line.empty()) continue;
    line = fmt::format("{} with {}: {}\n", entry.a, entry.b, line.substr(2));
    if (line != last) text += line;
    last = line;
  }
  return text;
}

std::string p_text(double p) {
  if (std::isnan(p)) return "-";
  // So far out in the tail no interval is exact.
  return p < 1e-10 ? "<1e-10" : fmt::format("{:.2g}", p);
}

results::TextTable empty_table(bool one_pair, const ReportOptions& options) {
  std::vector<results::TextTable::Heading> headings = {{"outcome", results::Align::left}};
  if (!one_pair) {
    headings.push_back({"compared", results::Align::left});
    headings.push_back({"with", results::Align::left});
  }
  const std::size_t kept = headings.size();
  const std::vector<results::TextTable::Heading> measures = {
      {"means"},
      {options.simultaneous ? "difference (simultaneous 95 % interval)"
                            : "difference (95 % interval)"},
      {"missing"},
      {"% more"},
      {"% less"},
      {"shift"},
      {"gain"},
      {"p (Holm)"}};
  headings.insert(headings.end(), measures.begin(), measures.end());
  if (options.margin > 0) {
    headings.push_back({fmt::format("p (beyond {})", short_number(options.margin))});
  }
  if (options.see > 0) headings.push_back({"trials"});
  return results::TextTable(headings, kept);
}

std::vector<std::string> cells_of(const NamedComparison& entry, bool one_pair,
                                  const ReportOptions& options) {
  const Comparison& c = entry.comparison;
  std::vector<std::string> cells = {entry.outcome};
  if (!one_pair) cells.insert(cells.end(), {entry.a, entry.b});
  cells.insert(cells.end(),
               {fmt::format("{} vs {}", short_number(c.mean_a), short_number(c.mean_b)),
                difference_cell(entry, options), counts(entry.missing_a, entry.missing_b),
                results::per_cent(c.larger.value), results::per_cent(c.smaller.value),
                std::string(name_of(c.shift)),
                c.pairing == Pairing::paired ? short_number(c.variance_reduction) : "",
                p_text(entry.p_adjusted)});
  if (options.margin > 0) cells.push_back(p_text(not_equivalent(c, options)));
  if (options.see > 0) cells.push_back(short_number(needed(c, options)));
  return cells;
}

}  // namespace

std::string comparisons_text(const std::vector<NamedComparison>& entries, const std::string& note,
                             const ReportOptions& options) {
  constexpr std::size_t most = 60;
  // Of one pair the names stand above the table.
  const bool one_pair = std::ranges::all_of(entries, [&](const NamedComparison& entry) {
    return entry.a == entries.front().a && entry.b == entries.front().b;
  });
  results::TextTable table = empty_table(one_pair, options);
  for (std::size_t i = 0; i < std::min(most, entries.size()); ++i) {
    table.add(cells_of(entries[i], one_pair, options));
  }
  const std::string pair =
      one_pair && !entries.empty()
          ? fmt::format("{}\ncompared with {}\n", entries.front().a, entries.front().b)
          : "";
  std::string text =
      fmt::format("{}{}\n{}\n{}", fitted(pair), fitted(note), fitted(left_out_trials_text(entries)),
                  table.text(screen_columns()));
  if (entries.size() > most) {
    text += fmt::format("({} more; --json tells all)\n", entries.size() - most);
  }
  return fmt::format("{}\n{}\n{}", text, fitted(comparison_legend(entries, options)),
                     results::disclaimer);
}

Json comparisons_json(const std::vector<NamedComparison>& entries, const std::string& note,
                      const ReportOptions& options) {
  Json comparisons = Json::array();
  for (const NamedComparison& entry : entries) comparisons.push_back(json_of(entry, options));
  return {
      {"note", note}, {"comparisons", std::move(comparisons)}, {"disclaimer", results::disclaimer}};
}

}  // namespace truce::cli
