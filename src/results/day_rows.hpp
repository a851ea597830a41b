#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace truce::results {

/// Rows of one whole number per day, kept as differences from the day before.
class DayRows {
 public:
  explicit DayRows(std::size_t days) : days_(days) {}

  [[nodiscard]] std::size_t size() const { return cells_.size() / days_; }
  [[nodiscard]] std::size_t days() const { return days_; }

  /// Returns the number of the new row, which is zero on all days.
  std::size_t add_row() {
    cells_.resize(cells_.size() + days_);
    return size() - 1;
  }
  std::span<std::int64_t> operator[](std::size_t row) { return {&cells_[row * days_], days_}; }
  std::span<const std::int64_t> operator[](std::size_t row) const {
    return {&cells_[row * days_], days_};
  }
  void add_to(std::size_t row, std::span<const std::int64_t> differences) {
    auto cells = (*this)[row];
    std::ranges::transform(cells, differences, cells.begin(), std::plus());
  }

  /// The numbers themselves, [day][place], of rows in the given order.
  [[nodiscard]] std::vector<std::int64_t> table(std::span<const std::size_t> order) const {
    std::vector<std::int64_t> result(days_ * order.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
      std::int64_t number = 0;
      const auto row = (*this)[order[place]];
      for (std::size_t day = 0; day < days_; ++day) {
        number += row[day];
        result[day * order.size() + place] = number;
      }
    }
    return result;
  }

 private:
  std::size_t days_;
  std::vector<std::int64_t> cells_;
};

/// Rows that a timeline may have: bounds its memory to a quarter of a gigabyte.
inline std::size_t most_rows(std::size_t days, std::size_t most) {
  constexpr std::size_t cells = std::size_t{1} << 25U;
  return std::clamp(cells / days, std::size_t{64}, most);
}

}  // namespace truce::results
