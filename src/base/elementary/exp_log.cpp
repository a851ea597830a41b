#include <limits>

#include "base/elementary.hpp"
#include "base/elementary/exponential.hpp"
#include "base/elementary/logarithm.hpp"
#include "base/number.hpp"

namespace truce::base::elementary {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double least_normal = std::numeric_limits<double>::min();
constexpr double greatest = std::numeric_limits<double>::max();

// With errors of 2^-68 of the whole.
Wide wide_log(double x) {
  int scaled = 0;
  if (x < least_normal) {
    x *= 0x1p54;
    scaled = 54;
  }
  const ReducedLogarithm reduced = reduce_logarithm(x, scaled);
  const double r = reduced.r, square = r * r;
  // From the term of r^9 on, which `log_remainder` leaves out.
  const double ninth = square * square * square * square * r;
  const double tail = ninth * (1.0 / 9 - r * (1.0 / 10) + square * (1.0 / 11));
  const Wide whole{reduced.k * ln2_upper + reduced.interval.upper};
  const Wide half_square = exact_product(r, r * -0.5);
  const double low = reduced.k * ln2_lower + reduced.interval.lower;
  const Wide leading = whole + Wide{r} + half_square;
  return leading + Wide{low + (reduced.r_low - r * reduced.r_low + (log_remainder(r) + tail))};
}

bool is_whole(double y) {
  return std::floor(y) == y;
}

bool is_odd(double y) {
  return is_whole(y) && std::fabs(y) < 0x1p53 && std::fmod(y, 2) != 0;
}

// Where an argument is 0, infinite or not a number.
double special_pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (std::isnan(x) || std::isnan(y)) return not_a_number;
  if (std::isinf(y)) {
    if (x == -1) return 1;
    return (std::fabs(x) > 1) == (y > 0) ? infinity : 0;
  }
  const double magnitude = (std::fabs(x) > 1) == (y > 0) ? infinity : 0;
  return std::signbit(x) && is_odd(y) ? -magnitude : magnitude;
}

}  // namespace

double exp(double x) {
  return exp_of_sum(x, 0);
}

double expm1(double x) {
  const double size = std::fabs(x);
  if (size < 0.0027) {
    return size < 0x1p-54 ? x : x + exp_remainder(x);
  }
  if (!(size < 40)) return x < 0 ? -1 : exp(x);
  const ReducedExponent reduced = reduce_exponent(x);
  const Wide power = powers_of_two[static_cast<std::size_t>(reduced.k & 127)];
  const double scale = scaled(power.high, reduced.k >> 7);
  const Wide less_one = exact_sum(scale, -1);
  const double rest = scale * (power.low + (reduced.rest + exp_remainder(reduced.rest)));
  return less_one.high + (less_one.low + rest);
}

double log(double x) {
  if (!(x >= least_normal && x <= greatest)) [[unlikely]] {
    if (x == infinity) return x;
    if (x == 0) return -infinity;
    if (!(x > 0)) return not_a_number;
    return log_of_normal(x * 0x1p54, 54);
  }
  return log_of_normal(x);
}

double log1p(double x) {
  if (!(x > -1)) return x == -1 ? -infinity : not_a_number;
  if (std::fabs(x) < 0x1p-8) {
    return std::fabs(x) < 0x1p-54 ? x : x + (x * x * -0.5 + log_remainder(x));
  }
  if (x > 0x1p60) return log(x);
  const Wide sum = exact_sum(1, x);
  return log(sum.high) + sum.low / sum.high;
}

double log10(double x) {
  if (!(x > 0 && x <= greatest)) return log(x);
  constexpr Wide inverse_ln10{0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57};
  return (wide_log(x) * inverse_ln10).value();
}

double pow(double x, double y) {
  if (y == 0 || x == 1 || x == 0 || !std::isfinite(x) || !std::isfinite(y)) {
    return special_pow(x, y);
  }
  if (y == 1) return x;
  if (y == 2) return x * x;
  if (x < 0) {
    if (!is_whole(y)) return not_a_number;
    return is_odd(y) ? -pow(-x, y) : pow(-x, y);
  }
  const Wide log = wide_log(x);
  // Beyond what can be, so that the product's error is exact.
  if (std::fabs(y) > 0x1p80) return (log.high > 0) == (y > 0) ? infinity : 0;
  if (std::fabs(y) < 0x1p-80) return 1;
  const Wide product = log * y;
  return exp_of_sum(product.high, product.low);
}

}  // namespace truce::base::elementary
