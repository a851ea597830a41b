#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "results/bucket_histogram.hpp"
#include "results/quantiles.hpp"

namespace truce::results {

/// Finds the exact quantiles of numbers that are kept elsewhere, and the bounds of their intervals,
/// in passes over them. The histogram
/// says between which bounds each of these lies; a pass collects the numbers between them, or where
/// these are too many to keep narrows the bounds. Mostly one pass is enough, and none where the
/// bounds meet.
class QuantileSearch {
 public:
  static constexpr std::uint64_t default_keep = std::uint64_t{1} << 22U;

  /// `keep` bounds the numbers kept at a time.
  explicit QuantileSearch(const BucketHistogram& histogram, std::uint64_t keep = default_keep);
  QuantileSearch(const QuantileSearch&) = delete;  // targets point into it
  QuantileSearch& operator=(const QuantileSearch&) = delete;

  [[nodiscard]] bool done() const { return gaps_.empty(); }
  /// A pass: all numbers that the histogram counted, NaN apart, in any order and in any pieces...
  void add(std::span<const double> numbers);
  /// ...and its end.
  void end_pass();

  /// Takes the middle between the bounds for what is not known yet, where there are no numbers to
  /// pass over. False where nothing had to be taken so; else what was taken is off by at most
  /// 2^-10 of itself.
  bool settle();

  /// Once done. NaN if there are no numbers.
  [[nodiscard]] const Quantiles& quantiles() const { return quantiles_; }
  /// The same; unbounded where there are too few numbers.
  [[nodiscard]] const QuantileIntervals& intervals() const { return intervals_; }

 private:
  struct Target {
    double* value = nullptr;  ///< that is looked for
    std::uint64_t rank = 0;   ///< among the numbers of the gap
  };
  struct Part {
    std::uint64_t min = ~std::uint64_t{0};
    std::uint64_t max = 0;
    std::uint64_t count = 0;
  };
  /// Bounds, inclusive, as ordered bits, with the quantiles that lie between them.
  struct Gap {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::uint64_t count = 0;
    std::vector<Target> targets;
    std::vector<double> kept;
    std::vector<Part> parts;
    unsigned part_shift = 0;
  };

  /// What is looked for, by rank among all numbers, ascending.
  std::vector<Target> targets(std::uint64_t count);
  /// Places a target in a gap, or settles it if the bounds meet.
  void place(const Gap& bounds, Target target, std::vector<Gap>& gaps);
  void prepare();

  std::uint64_t keep_;
  std::vector<Gap> gaps_;  ///< ascending, disjoint
  Quantiles quantiles_{};
  QuantileIntervals intervals_;
};

}  // namespace truce::results
