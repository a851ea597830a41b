#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace truce::base::elementary {

/// An unevaluated sum of two doubles of some 106 bits, with |low| at most half a unit in the last
/// place of `high` (Dekker, Numer. Math. 18, 1971). Uses nothing but correctly rounded additions,
/// multiplications and divisions, so that each processor gives the same bits.
struct Wide {
  double high = 0, low = 0;

  [[nodiscard]] constexpr double value() const { return high + low; }
};

/// The sum without error, where |a| >= |b| or a = 0.
constexpr Wide ordered_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

/// The sum without error (Knuth).
constexpr Wide exact_sum(double a, double b) {
  const double sum = a + b;
  const double part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

/// The upper 26 bits of a number below 2^996.
constexpr double upper_half(double x) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) & ~((std::uint64_t{1} << 27U) - 1));
}

/// The product without error, of numbers whose product and its error neither overflow nor
/// underflow. (Cut by bits and not by a multiplication, the lower half may have 27 bits; the
/// product of two of those is exact as well unless both are odd in the last, which costs 2^-106.)
constexpr Wide exact_product(double a, double b) {
  const double product = a * b;
  const double a_upper = upper_half(a), a_lower = a - a_upper;
  const double b_upper = upper_half(b), b_lower = b - b_upper;
  const double error =
      ((a_upper * b_upper - product) + a_upper * b_lower + a_lower * b_upper) + a_lower * b_lower;
  return {product, error};
}

constexpr Wide operator-(Wide a) {
  return {-a.high, -a.low};
}

constexpr Wide operator+(Wide a, Wide b) {
  const Wide high = exact_sum(a.high, b.high);
  const Wide low = exact_sum(a.low, b.low);
  const Wide sum = ordered_sum(high.high, high.low + low.high);
  return ordered_sum(sum.high, sum.low + low.low);
}

constexpr Wide operator-(Wide a, Wide b) {
  return a + -b;
}

constexpr Wide operator*(Wide a, Wide b) {
  const Wide product = exact_product(a.high, b.high);
  return ordered_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

constexpr Wide operator*(Wide a, double b) {
  return a * Wide{b};
}

constexpr Wide operator/(Wide a, Wide b) {
  const double first = a.high / b.high;
  const Wide rest = a - b * first;
  const double second = rest.high / b.high;
  const double third = (rest - b * second).high / b.high;
  return ordered_sum(first, second) + Wide{third};
}

/// The square root of a number that is not negative.
inline Wide square_root(Wide a) {
  if (a.high <= 0) return {};
  const double first = std::sqrt(a.high);
  const double second = (a - exact_product(first, first)).high / (2 * first);
  return ordered_sum(first, second);
}

/// Numbers of 106 bits, as decimal expansions rounded twice.
inline constexpr Wide ln2{0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
inline constexpr Wide half_pi{0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54};

}  // namespace truce::base::elementary
