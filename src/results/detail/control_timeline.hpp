#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "results/detail/bytes.hpp"
#include "results/detail/control_regression.hpp"
#include "results/detail/stored_block.hpp"
#include "results/schema.hpp"

namespace truce::results {

/// What control variates explain of a timeline on each day. The cost is per change of the value, of
/// sampled trials, as sums are kept as their differences from day to day.
class ControlTimeline {
 public:
  /// Whether there is memory for it: not for very many timelines and days.
  static bool fits(const Schema& schema);

  /// Of the schema's timeline with that position; the schema has control variates.
  ControlTimeline(const Schema& schema, std::size_t timeline);

  void add(const StoredBlock& block);
  void add(const ControlTimeline& other);
  void write(ByteWriter& to) const;
  /// Into one that is empty. Throws std::range_error.
  void read(ByteReader& from);

  /// [day]; NaN from the first day on which a sampled trial has no finite value.
  [[nodiscard]] std::vector<Controlled> results(const ControlRegression& regression) const;

 private:
  // Of a day and half: the sum of values, of squares, of products with each control variate.
  static constexpr std::size_t value = 0, square = 1, first_product = 2;

  [[nodiscard]] std::size_t width() const { return first_product + controls_; }
  void add_trial(std::size_t half, std::span<const TimelineChange> changes,
                 std::span<const double> controls);
  void collect(std::size_t half);
  [[nodiscard]] WholeSum sum(std::size_t half, std::size_t place) const {
    return sums_[half][place] + static_cast<std::int64_t>(recent_[half][place]);
  }

  std::size_t timeline_;
  std::size_t controls_;
  std::size_t days_;
  ControlPlan::Rounding rounding_;
  std::uint64_t trials_ = 0;                   ///< sampled, that have a value from the first day on
  std::uint64_t first_missing_;                ///< day, or the number of days
  std::array<std::vector<WholeSum>, 2> sums_;  ///< [day][width]
  std::array<std::vector<double>, 2> recent_;  ///< the same, exact, of the last trials
  std::array<std::size_t, 2> recent_trials_{};
};

}  // namespace truce::results
