#pragma once

#include "day_rows.hpp"
#include "truce/results/integer_map.hpp"
#include "truce/results/timeline_statistics.hpp"

namespace truce::results {

/// Exact counts of a timeline's whole values.
class TimelineStatistics::Whole {
 public:
  explicit Whole(std::size_t days) : rows_(days), limit_(most_rows(days, most_values)) {}

  /// Whether the value can be counted here; makes its row.
  bool admit(double value);
  /// Of admitted values: `trials` more have it from `day` on.
  void count(std::uint32_t day, double value, std::int64_t trials) {
    rows_[index_[static_cast<std::int64_t>(value)] - 1][day] += trials;
  }
  /// False, and nothing is changed, where the values of both are too many.
  bool merge(const Whole& other);

  [[nodiscard]] TimelineSummary summary() const;

  /// Calls f(value, differences) by ascending value.
  template <class F>
  void for_each(F&& f) const {
    index_.for_each([&](std::int64_t value, std::uint32_t row) {
      f(static_cast<double>(value), rows_[row - 1]);
    });
  }

 private:
  DayRows rows_;
  std::size_t limit_;
  IntegerMap<std::uint32_t> index_;  ///< row + 1
};

}  // namespace truce::results
