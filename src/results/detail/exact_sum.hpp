#pragma once

#include <cmath>

namespace truce::results {

/// A sum with twice the digits of a double. Sums of squares need them: a spread of a millionth of
/// the mean would otherwise drown in rounding. Source: T. J. Dekker, Numerische Mathematik 18
/// (1971), 224-242; D. E. Knuth, The Art of Computer Programming 2, 4.2.2, theorem B.
class ExactSum {
 public:
  /// `low` is what rounding took from x, if known.
  void add(double x, double low = 0) {
    const double sum = high_ + x;
    const double part = sum - high_;
    const double rest = (high_ - (sum - part)) + (x - part) + (low_ + low);
    high_ = sum + rest;
    low_ = rest - (high_ - sum);
  }
  void add(const ExactSum& other) { add(other.high_, other.low_); }
  /// Adds x * y without the rounding of the product.
  void add_product(double x, double y) {
    const double product = x * y;
    add(product, std::fma(x, y, -product));
  }
  void add_product(const ExactSum& x, double y) {
    add_product(x.high_, y);
    add_product(x.low_, y);
  }

  [[nodiscard]] double value() const { return high_; }

 private:
  double high_ = 0;
  double low_ = 0;
};

}  // namespace truce::results
