#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "results/detail/utf8.hpp"
#include "results/summary_text.hpp"
#include "results/text_table.hpp"

namespace truce::results {

namespace {

constexpr std::size_t most_bars = 25;
constexpr std::size_t longest_bar = 50;
constexpr std::size_t shortest_bar = 10;

struct Bar {
  std::string label;
  std::uint64_t count = 0;
};

std::string bar_text(std::uint64_t count, std::uint64_t highest, std::size_t longest,
                     Glyphs glyphs) {
  const double length =
      static_cast<double>(longest) * static_cast<double>(count) / static_cast<double>(highest);
  if (glyphs == Glyphs::ascii) {
    const auto whole = static_cast<std::size_t>(std::lround(length));
    return std::string(count > 0 ? std::max<std::size_t>(whole, 1) : 0, '#');
  }
  constexpr std::array parts = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  auto eighths = static_cast<std::size_t>(std::lround(8 * length));
  if (count > 0) eighths = std::max<std::size_t>(eighths, 1);
  std::string text;
  for (std::size_t i = 0; i < eighths / 8; ++i) text += "█";
  return text + parts[eighths % 8];
}

std::string draw(const std::string& title, const std::vector<Bar>& bars, Glyphs glyphs) {
  TextTable table({{title}, {"trials"}, {"%"}, {"", Align::left}});
  std::uint64_t highest = 1;
  std::uint64_t total = 0;
  for (const Bar& bar : bars) {
    highest = std::max(highest, bar.count);
    total += bar.count;
  }
  const auto cells = [&](const Bar& bar, std::size_t longest) {
    const double share = static_cast<double>(bar.count) / static_cast<double>(total);
    return std::vector{bar.label, fmt::format("{}", bar.count), per_cent(share),
                       bar_text(bar.count, highest, longest, glyphs)};
  };
  // Bars take what the other columns leave of a line.
  TextTable others = table;
  for (const Bar& bar : bars) others.add(cells(bar, 0));
  const std::size_t used = others.width();
  const std::size_t left = usual_columns > used ? usual_columns - used : 0;
  for (const Bar& bar : bars) table.add(cells(bar, std::clamp(left, shortest_bar, longest_bar)));
  return table.text();
}

/// One bar per whole number, or per 2, 5, 10, ... of them.
std::vector<Bar> whole_bars(const Distribution& distribution) {
  std::vector<Bar> bars;
  if (distribution.values.empty()) return bars;
  const double low = distribution.values.front();
  const double high = distribution.values.back();
  const auto first_at = [&](double step) { return std::floor(low / step) * step; };
  const auto bars_at = [&](double step) { return std::floor((high - first_at(step)) / step) + 1; };
  double step = 1;
  for (std::size_t i = 0; bars_at(step) > static_cast<double>(most_bars); ++i) {
    constexpr std::array factors = {2.0, 2.5, 2.0};  // 1, 2, 5, 10, ...
    step *= factors[i % factors.size()];
  }
  for (double value = first_at(step); value <= high; value += step) {
    bars.push_back({step == 1 ? fmt::format("{:.0f}", value)
                              : fmt::format("{:.0f} to {:.0f}", value, value + step - 1)});
  }
  for (std::size_t i = 0; i < distribution.values.size(); ++i) {
    const double bar = std::floor((distribution.values[i] - first_at(step)) / step);
    bars.at(static_cast<std::size_t>(bar)).count += distribution.counts[i];
  }
  return bars;
}

/// Neighbouring bins joined.
std::vector<Bar> real_bars(const Distribution& distribution) {
  const std::size_t bins = distribution.counts.size();
  const std::size_t joined = (bins + most_bars - 1) / most_bars;
  std::vector<Bar> bars;
  for (std::size_t first = 0; first < bins; first += joined) {
    const std::size_t end = std::min(first + joined, bins);
    Bar& bar = bars.emplace_back();
    bar.label = fmt::format("{} to {}", short_number(distribution.values[first]),
                            short_number(distribution.values[end]));
    for (std::size_t i = first; i < end; ++i) bar.count += distribution.counts[i];
  }
  if (distribution.infinite > 0) bars.push_back({"infinite", distribution.infinite});
  return bars;
}

std::vector<Bar> share_bars(const std::vector<Share>& shares) {
  std::vector<Bar> bars;
  for (const Share& share : shares) bars.push_back({printable(share.label), share.count});
  return bars;
}

/// Quantiles with their intervals; empty of a yes/no, or without values.
std::string quantiles_text(const OutcomeSummary& outcome) {
  if (outcome.kind == ColumnKind::boolean || outcome.count == 0) return {};
  TextTable table({{"% at or below"}, {"value"}, {"95 % interval"}});
  for (std::size_t q = 0; q < quantile_count; ++q) {
    const auto& [low, high] = outcome.quantile_intervals;
    const bool known = low[q] == low[q];  // older files have none
    table.add({short_number(100 * quantile_probabilities()[q]), short_number(outcome.quantiles[q]),
               known ? fmt::format("{} to {}", short_number(low[q]), short_number(high[q])) : "-"});
  }
  return "\n" + table.text();
}

}  // namespace

std::string histogram(const RunReader& run, const std::string& outcome, Glyphs glyphs) {
  const bool category = outcome == "ending" || outcome == "cause";
  return histogram(run.summary(), category ? Distribution() : run.distribution(outcome), outcome,
                   glyphs);
}

std::string histogram(const RunSummary& run, const Distribution& distribution,
                      const std::string& outcome, Glyphs glyphs) {
  const std::string title = printable(outcome);
  if (outcome == "ending") return draw(title, share_bars(run.endings), glyphs);
  if (outcome == "cause") return draw(title, share_bars(run.causes), glyphs);
  const OutcomeSummary& summary = *std::ranges::find(run.outcomes, outcome, &OutcomeSummary::name);
  std::vector<Bar> bars;
  if (summary.kind == ColumnKind::real) {
    bars = real_bars(distribution);
  } else {
    bars = whole_bars(distribution);
  }
  if (summary.kind == ColumnKind::boolean && bars.size() == 2) {
    bars[0].label = "no";
    bars[1].label = "yes";
  }
  if (summary.missing > 0) bars.push_back({"missing", summary.missing});
  return draw(summary.unit == "1" ? title : title + ", " + printable(summary.unit), bars, glyphs) +
         quantiles_text(summary);
}

}  // namespace truce::results
