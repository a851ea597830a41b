#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "results/controlled.hpp"
#include "results/detail/bytes.hpp"
#include "results/quantiles.hpp"

namespace truce::results {

/// What is known of a timeline over all trials. Days are 0, 1, ..., days - 1.
struct TimelineSummary {
  std::vector<double> mean;                ///< [day]
  std::vector<double> sd;                  ///< [day], divisor n - 1
  std::vector<Quantiles> quantiles;        ///< [day][quantile]
  double relative_error = 0;               ///< of the quantiles, at most; 0: exact
  std::vector<ControlledMean> controlled;  ///< [day]; empty where there are no control variates
  bool counted = false;                    ///< whether there are exact counts:
  std::vector<std::int64_t> values;        ///< all that occurred, ascending
  std::vector<std::int64_t> counts;  ///< [day][value], flat; trials with that value on that day
};

enum class TimelineValues : std::uint8_t { whole, real };

/// Statistics of one timeline, trial by trial. The cost is per change of the value, not per day, as
/// counts are kept as their differences from day to day; no memory is taken once all values have
/// been seen, and its amount is bounded.
///
/// Whole numbers are counted exactly, unless there are more distinct values than `most_values` or
/// one is no whole number. Others, and these, are counted in buckets of 9 mantissa bits, coarser
/// ones where there are too many; a quantile is then the middle of what was seen in its bucket.
/// Mean and deviation are exact to rounding in both cases. NaN counts as no value.
class TimelineStatistics {
 public:
  static constexpr std::size_t most_values = 100'000;

  /// Of one of so many timelines, which share the memory that there is for them.
  TimelineStatistics(std::size_t days, TimelineValues values, std::size_t timelines = 1);
  TimelineStatistics(TimelineStatistics&&) noexcept;
  TimelineStatistics& operator=(TimelineStatistics&&) noexcept;
  ~TimelineStatistics();

  /// Begins the next trial, which has no value until the first `change`.
  void next_trial();
  /// The value from `day` < days on. Days of a trial do not decrease.
  void change(std::uint32_t day, double value);

  /// Adds the trials of another one of the same timeline.
  void add(const TimelineStatistics& other);

  [[nodiscard]] TimelineSummary summary() const;

  void write(ByteWriter& to) const;
  /// Into one that is empty. Throws std::range_error.
  void read(ByteReader& from);

 private:
  class Integers;
  class Real;

  /// False where the value cannot be counted exactly; nothing is changed then.
  bool change_whole(std::uint32_t day, double value);
  void fall_back();
  void count_as_real(const Integers& whole);
  void add_whole(const Integers& other);

  std::size_t days_;
  std::size_t most_rows_;
  std::unique_ptr<Integers> whole_;  ///< one of the two is
  std::unique_ptr<Real> real_;
  double value_;         ///< in the present trial, NaN: none
  std::size_t row_ = 0;  ///< of that value, among whole ones
};

}  // namespace truce::results
