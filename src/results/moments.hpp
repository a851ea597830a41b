#pragma once

#include <cstdint>
#include <limits>
#include <span>

namespace truce::results {

/// Count, mean, spread and range of numbers, in one pass and without cancellation. The result
/// depends on the order of additions, in the last digits: add in trial order. Source: B. P.
/// Welford, Technometrics 4 (1962), 419-420; third moments: T. B. Terriberry's extension of it.
class Moments {
 public:
  Moments() = default;
  /// `squares` and `cubes` are the sums of those of the deviations from the mean.
  Moments(std::uint64_t count, double mean, double squares, double cubes, double min, double max)
      : count_(count), mean_(mean), squares_(squares), cubes_(cubes), min_(min), max_(max) {}

  /// x may be infinite, not NaN.
  void add(double x) {
    ++count_;
    const double deviation = x - mean_;
    const double step = deviation / static_cast<double>(count_);
    mean_ += step;
    const double square = deviation * (x - mean_);
    cubes_ += step * (square * (static_cast<double>(count_) - 2) - 3 * squares_);
    squares_ += square;
    if (x < min_) min_ = x;
    if (x > max_) max_ = x;
  }

  [[nodiscard]] std::uint64_t count() const { return count_; }
  // NaN where there are too few numbers: none, for the deviation and the error fewer than two.
  [[nodiscard]] double mean() const;
  /// Root of the unbiased variance (divisor count - 1).
  [[nodiscard]] double sd() const;
  [[nodiscard]] double standard_error() const;
  /// Third central moment over the second to 3/2 (divisors count); 0 where nothing varies.
  [[nodiscard]] double skewness() const;
  [[nodiscard]] double min() const;
  [[nodiscard]] double max() const;

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
  double cubes_ = 0;
  double min_ = std::numeric_limits<double>::infinity();
  double max_ = -std::numeric_limits<double>::infinity();
};

/// Of the numbers that are not NaN, from exact sums: as a file has them, whatever their order.
Moments exact_moments(std::span<const double> values);

}  // namespace truce::results
