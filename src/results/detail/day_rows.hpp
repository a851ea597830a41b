#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "results/detail/bytes.hpp"

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

  /// Calls f(day, numbers) for every day, with the numbers themselves of rows in the given order.
  template <class F>
  void for_each_day(std::span<const std::size_t> order, F&& f) const {
    constexpr std::size_t together = 8;  // days that share a line of the cache
    std::vector<std::int64_t> numbers(order.size(), 0);
    std::vector<std::int64_t> table(together * order.size());  // [day][place]
    for (std::size_t first = 0; first < days_; first += together) {
      const std::size_t end = std::min(first + together, days_);
      for (std::size_t place = 0; place < order.size(); ++place) {
        const auto row = (*this)[order[place]];
        for (std::size_t day = first; day < end; ++day) {
          table[(day - first) * order.size() + place] = numbers[place] += row[day];
        }
      }
      for (std::size_t day = first; day < end; ++day) {
        f(day,
          std::span<const std::int64_t>(table).subspan((day - first) * order.size(), order.size()));
      }
    }
  }

 private:
  std::size_t days_;
  std::vector<std::int64_t> cells_;
};

/// The differences of a row that are not 0, with their days.
inline void write_row(ByteWriter& to, std::span<const std::int64_t> differences) {
  to.whole(differences.size() -
           static_cast<std::size_t>(std::ranges::count(differences, std::int64_t{0})));
  std::size_t last = 0;
  for (std::size_t day = 0; day < differences.size(); ++day) {
    if (differences[day] == 0) continue;
    to.whole(day - last);
    to.number(differences[day]);
    last = day;
  }
}

/// Calls f(day, difference).
template <class F>
void read_row(ByteReader& from, std::size_t days, F&& f) {
  std::uint64_t day = 0;
  for (std::uint64_t n = from.count(); n > 0; --n) {
    day += from.whole_below(days - day);
    f(static_cast<std::uint32_t>(day), from.number());
  }
}

/// Rows that one of so many timelines may have: bounds the memory of each to a quarter of a
/// gigabyte, and that of all to half a gigabyte.
inline std::size_t most_rows(std::size_t days, std::size_t timelines, std::size_t most) {
  constexpr std::size_t cells_of_each = std::size_t{1} << 25U;
  constexpr std::size_t cells_of_all = std::size_t{1} << 26U;
  const std::size_t cells = std::min(cells_of_each, cells_of_all / timelines);
  return std::clamp(cells / days, std::size_t{64}, most);
}

}  // namespace truce::results
