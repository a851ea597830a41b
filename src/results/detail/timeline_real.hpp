#pragma once

#include "results/bucket.hpp"
#include "results/detail/day_rows.hpp"
#include "results/detail/exact_sum.hpp"
#include "results/detail/wide_sum.hpp"
#include "results/timeline_statistics.hpp"

namespace truce::results {

/// Counts in buckets and sums of a timeline's real values.
class TimelineStatistics::Real {
 public:
  /// Keeps at most so many rows.
  Real(std::size_t days, std::size_t limit);

  /// Begins the next trial, whose value is `value`, which has been counted; NaN: none yet.
  void next_trial(double value);
  /// The trial has another value, or none, from `day` on.
  void change(std::uint32_t day, double value);
  /// `trials` more have the value, no NaN, from `day` on; 0: the value is seen.
  void count(std::uint32_t day, double value, std::int64_t trials);

  /// Adds the trials of another one.
  void add(const Real& other);

  [[nodiscard]] TimelineSummary summary() const;

  void write(ByteWriter& to) const;
  /// Into one that is empty. Throws std::range_error.
  void read(ByteReader& from);

 private:
  /// The range of what was counted in a row.
  struct Range {
    double min = 0;
    double max = 0;

    [[nodiscard]] double middle() const { return min == max ? min : min + (max - min) / 2; }
  };
  struct Sums {
    WideSum values, squares;
  };
  /// What a value adds to the sums: nothing, where it is not finite.
  struct Terms {
    double value = 0;
    double square = 0;
    double rest = 0;  ///< what rounding took from the square
  };
  struct Present {
    bool any = false;
    std::size_t row = 0;
    Terms terms;
  };

  /// The row of a value whose bucket has, or now gets, the range.
  std::size_t row(const Range& range);
  void coarsen();
  [[nodiscard]] Bucket key(double value) const;
  [[nodiscard]] static Terms terms_of(double value);
  [[nodiscard]] std::vector<std::size_t> order() const;

  DayRows rows_;
  std::size_t limit_;
  unsigned dropped_bits_ = 0;       ///< of a bucket's mantissa, to have fewer
  BucketMap<std::uint32_t> index_;  ///< row + 1
  std::vector<Range> ranges_;       ///< [row]
  std::vector<Sums> sums_;          ///< [day], differences as in the rows
  Present present_;                 ///< of the trial that is being counted
};

}  // namespace truce::results
