#include "results/detail/column_statistics.hpp"

#include <cmath>
#include <optional>

#include "results/bins.hpp"
#include "results/quantile_search.hpp"

namespace truce::results {

ColumnResult WholeColumn::result() const {
  auto entries = histogram_.entries();
  ColumnResult result;
  result.summary = summary_of(moments_of(entries), kind_);
  result.summary.quantiles = quantiles_of(entries);
  result.summary.quantile_intervals = quantile_intervals_of(entries);
  if (kind_ == ColumnKind::boolean) {  // both, also where all trials agree
    if (entries.empty() || entries.front().value != 0) entries.insert(entries.begin(), {0, 0});
    if (entries.back().value != 1) entries.push_back({1, 0});
  }
  for (const auto& [value, count] : entries) {
    result.distribution.values.push_back(static_cast<double>(value));
    result.distribution.counts.push_back(count);
  }
  return result;
}

ColumnResult RealColumn::result(const Pass& pass) const {
  ColumnResult result;
  result.summary = summary_of(moments_, ColumnKind::real);
  result.summary.missing = missing_;
  std::vector<double> range;  // of the finite values
  for (const auto& entry : histogram_.entries()) {
    if (std::isinf(entry.min)) {
      result.distribution.infinite += entry.count;
      continue;
    }
    if (range.empty()) range.assign(2, entry.min);
    range[1] = entry.max;
  }
  std::optional<BinCounts> bins;
  if (!range.empty()) bins.emplace(nice_edges(range[0], range[1]));
  QuantileSearch search(histogram_);
  for (bool first = bins.has_value(); first || !search.done(); first = false) {
    pass([&](std::span<const double> values) {
      if (first) bins->add(values);
      search.add(values);
    });
    search.end_pass();
  }
  result.summary.quantiles = search.quantiles();
  result.summary.quantile_intervals = search.intervals();
  if (bins) {
    result.distribution.values = bins->edges();
    result.distribution.counts = bins->counts();
  }
  return result;
}

}  // namespace truce::results
