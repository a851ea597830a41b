#include "results/integer_histogram.hpp"

#include <algorithm>
#include <limits>

namespace truce::results {

std::vector<IntegerHistogram::Entry> IntegerHistogram::entries() const {
  std::vector<Entry> result;
  counts_.for_each([&](std::int64_t value, std::uint64_t count) {
    result.push_back({value, count});
  });
  return result;
}

Moments moments_of(const std::vector<IntegerHistogram::Entry>& entries) {
  if (entries.empty()) return {};
  std::uint64_t n = 0;
  double sum = 0;
  for (const auto& [value, count] : entries) {
    n += count;
    sum += static_cast<double>(value) * static_cast<double>(count);
  }
  const double mean = sum / static_cast<double>(n);
  double squares = 0;
  double cubes = 0;
  for (const auto& [value, count] : entries) {
    const double deviation = static_cast<double>(value) - mean;
    squares += deviation * deviation * static_cast<double>(count);
    cubes += deviation * deviation * deviation * static_cast<double>(count);
  }
  return {n,
          mean,
          squares,
          cubes,
          static_cast<double>(entries.front().value),
          static_cast<double>(entries.back().value)};
}

Quantiles quantiles_of(const std::vector<IntegerHistogram::Entry>& entries) {
  Quantiles result;
  result.fill(std::numeric_limits<double>::quiet_NaN());
  if (entries.empty()) return result;
  std::uint64_t n = 0;
  for (const auto& entry : entries) n += entry.count;
  auto at = entries.begin();
  std::uint64_t below = 0;  // counted before `at`
  for (std::size_t q = 0; q < quantile_count; ++q) {
    const std::uint64_t rank = quantile_rank(quantile_thousandths[q], n);
    while (below + at->count <= rank) below += (at++)->count;
    result[q] = static_cast<double>(at->value);
  }
  return result;
}

QuantileIntervals quantile_intervals_of(const std::vector<IntegerHistogram::Entry>& entries) {
  QuantileIntervals result;
  result.low.fill(std::numeric_limits<double>::quiet_NaN());
  result.high = result.low;
  if (entries.empty()) return result;
  std::vector<std::int64_t> below;  // and at each entry
  std::int64_t n = 0;
  for (const auto& entry : entries) {
    below.push_back(n += static_cast<std::int64_t>(entry.count));
  }
  const QuantileRanks ranks = quantile_interval_ranks(static_cast<std::uint64_t>(n));
  constexpr double infinite = std::numeric_limits<double>::infinity();
  const auto at = [&](std::int64_t rank) {
    if (rank < 0) return -infinite;
    if (rank >= n) return infinite;
    const auto entry = std::ranges::upper_bound(below, rank) - below.begin();
    return static_cast<double>(entries[static_cast<std::size_t>(entry)].value);
  };
  for (std::size_t q = 0; q < quantile_count; ++q) {
    result.low[q] = at(ranks.low[q]);
    result.high[q] = at(ranks.high[q]);
  }
  return result;
}

}  // namespace truce::results
