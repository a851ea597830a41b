#include "results/detail/timeline_integers.hpp"

#include <cmath>

#include "results/integer_histogram.hpp"

namespace truce::results {

namespace {

/// Beyond it doubles are not dense in the whole numbers.
constexpr double largest_whole = 9007199254740992.0;

}  // namespace

std::optional<std::size_t> TimelineStatistics::Integers::row_of(double value) {
  if (!(std::abs(value) <= largest_whole)) return std::nullopt;
  const auto whole = static_cast<std::int64_t>(value);
  if (static_cast<double>(whole) != value) return std::nullopt;
  std::uint32_t& row = index_[whole];
  if (row == 0) {
    if (rows_.size() >= limit_) return std::nullopt;
    row = static_cast<std::uint32_t>(rows_.add_row()) + 1;
  }
  return row - 1;
}

TimelineSummary TimelineStatistics::Integers::summary() const {
  TimelineSummary result;
  result.counted = true;
  std::vector<std::size_t> order;
  index_.for_each([&](std::int64_t value, std::uint32_t row) {
    result.values.push_back(value);
    order.push_back(row - 1);
  });
  result.counts.reserve(rows_.days() * order.size());
  std::vector<IntegerHistogram::Entry> entries;
  rows_.for_each_day(order, [&](std::size_t, std::span<const std::int64_t> today) {
    result.counts.insert(result.counts.end(), today.begin(), today.end());
    entries.clear();
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (today[i] > 0) entries.push_back({result.values[i], static_cast<std::uint64_t>(today[i])});
    }
    const Moments moments = moments_of(entries);
    result.mean.push_back(moments.mean());
    result.sd.push_back(moments.sd());
    result.quantiles.push_back(quantiles_of(entries));
  });
  return result;
}

}  // namespace truce::results
