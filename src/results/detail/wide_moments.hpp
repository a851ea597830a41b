#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "results/detail/wide_sum.hpp"
#include "results/moments.hpp"

namespace truce::results {

/// Count, mean, spread, skewness and range of numbers from exact sums of them, their squares and
/// their cubes: as they do not depend on the order, they can be taken apart and put together.
class WideMoments {
 public:
  /// x may be infinite, not NaN.
  void add(double x) {
    ++count_;
    if (x < min_) min_ = x;
    if (x > max_) max_ = x;
    values_.add(x);
    const double square = x * x;
    const double cube = square * x;
    squares_.add(square);
    cubes_.add(cube);
    if (!std::isfinite(cube)) return;
    // What rounding took: x^2 = square + rest, x^3 = square x + rest x.
    const double rest = std::fma(x, x, -square);
    const double low = rest * x;
    squares_.add(rest);
    cubes_.add(std::fma(square, x, -cube));
    cubes_.add(low);
    cubes_.add(std::fma(rest, x, -low));
  }
  void add(const WideMoments& other);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] Moments moments() const;

  void write(ByteWriter& to) const;
  static WideMoments read(ByteReader& from);

 private:
  std::uint64_t count_ = 0;
  WideSum values_, squares_, cubes_;
  double min_ = std::numeric_limits<double>::infinity();
  double max_ = -std::numeric_limits<double>::infinity();
};

}  // namespace truce::results
