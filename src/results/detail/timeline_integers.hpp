#pragma once

#include <optional>

#include "results/detail/day_rows.hpp"
#include "results/integer_map.hpp"
#include "results/timeline_statistics.hpp"

namespace truce::results {

/// Exact counts of a timeline's whole values.
class TimelineStatistics::Integers {
 public:
  /// Keeps at most so many rows.
  Integers(std::size_t days, std::size_t limit) : rows_(days), limit_(limit) {}

  /// The row of the value, which is made where it is new; nothing where it cannot be counted here.
  std::optional<std::size_t> row_of(double value);
  /// `trials` more have the value of that row from `day` on.
  void count(std::uint32_t day, std::size_t row, std::int64_t trials) { rows_[row][day] += trials; }

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
