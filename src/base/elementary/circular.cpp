#include <array>

#include "base/elementary.hpp"
#include "base/elementary/wide.hpp"
#include "base/number.hpp"

/// By series of 106 bits: none of these is in a trial's loop, and this way they are short and
/// nearly always rounded correctly.
namespace truce::base::elementary {

namespace {

// 1 / n!
constexpr std::array<Wide, 30> inverse_factorials = [] {
  std::array<Wide, 30> all{};
  all[0] = Wide{1};
  for (std::size_t n = 1; n < all.size(); ++n) all[n] = all[n - 1] / Wide{static_cast<double>(n)};
  return all;
}();

struct Angle {
  Wide rest;     ///< |rest| <= pi / 4
  int quadrant;  ///< 0 to 3
};

// Cody and Waite: half a pi in parts, so that its multiples are exact.
Angle reduce(double x) {
  const double n = std::floor(x * 0x1.45f306dc9c883p-1 + 0.5);
  const Wide rest = Wide{x} - exact_product(n, 0x1.921fb544p+0) -
                    exact_product(n, 0x1.0b4611a6p-34) - exact_product(n, 0x1.3198a2e037073p-69);
  const double turns = std::fmod(n, 4);
  return {rest, static_cast<int>(turns < 0 ? turns + 4 : turns)};
}

// The terms of x^first, x^(first + 2), ... with alternating signs.
Wide alternating_series(Wide x, std::size_t first) {
  const Wide square = -(x * x);
  Wide sum{};
  for (std::size_t n = first + 26; n > first; n -= 2) sum = (sum + inverse_factorials[n]) * square;
  sum = sum + Wide{1};
  return first == 1 ? sum * x : sum;
}

Wide wide_sin(Angle angle) {
  const Wide value = alternating_series(angle.rest, angle.quadrant % 2 == 0 ? 1 : 0);
  return angle.quadrant < 2 ? value : -value;
}

Wide wide_cos(Angle angle) {
  return wide_sin({angle.rest, (angle.quadrant + 1) % 4});
}

// Halves the angle three times, then sums the series.
Wide wide_atan(Wide x) {
  if (x.high < 0) return -wide_atan(-x);
  if (x.high > 1) return half_pi - wide_atan(Wide{1} / x);
  for (int i = 0; i < 3; ++i) x = x / (Wide{1} + square_root(Wide{1} + x * x));
  const Wide square = -(x * x);
  Wide sum{}, power = x;
  for (int n = 1; n <= 35; n += 2) {
    sum = sum + power / Wide{static_cast<double>(n)};
    power = power * square;
  }
  return sum * 8;
}

// The square root of (1 - x) (1 + x).
Wide other_leg(double x) {
  return square_root((Wide{1} - Wide{x}) * (Wide{1} + Wide{x}));
}

}  // namespace

double sin(double x) {
  if (!std::isfinite(x)) return not_a_number;
  return std::fabs(x) < 0x1p-27 ? x : wide_sin(reduce(x)).value();
}

double cos(double x) {
  return std::isfinite(x) ? wide_cos(reduce(x)).value() : not_a_number;
}

double tan(double x) {
  if (!std::isfinite(x)) return not_a_number;
  const Angle angle = reduce(x);
  return std::fabs(x) < 0x1p-27 ? x : (wide_sin(angle) / wide_cos(angle)).value();
}

double asin(double x) {
  if (!(std::fabs(x) <= 1)) return not_a_number;
  if (std::fabs(x) == 1) return x * half_pi.high;
  return std::fabs(x) < 0x1p-27 ? x : wide_atan(Wide{x} / other_leg(x)).value();
}

double acos(double x) {
  if (!(std::fabs(x) <= 1)) return not_a_number;
  if (x == -1) return 2 * half_pi.high;
  return (wide_atan(other_leg(x) / (Wide{1} + Wide{x})) * 2).value();
}

double atan(double x) {
  if (std::isnan(x) || std::fabs(x) < 0x1p-27) return x;
  if (std::isinf(x)) return x > 0 ? half_pi.high : -half_pi.high;
  return wide_atan(Wide{x}).value();
}

double tanh(double x) {
  if (!(std::fabs(x) < 20)) return std::isnan(x) ? x : x > 0 ? 1 : -1;
  const double change = expm1(2 * x);
  return change / (change + 2);
}

double atanh(double x) {
  if (x < 0) return -atanh(-x);
  return log1p(2 * x / (1 - x)) / 2;
}

}  // namespace truce::base::elementary
