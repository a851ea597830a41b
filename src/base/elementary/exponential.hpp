#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "base/elementary/wide.hpp"

namespace truce::base::elementary {

/// e^x for |x| <= 1, by its series.
constexpr Wide exp_series(Wide x) {
  Wide sum{1}, term{1};
  for (int n = 1; n <= 28; ++n) {
    term = term * x / Wide{static_cast<double>(n)};
    sum = sum + term;
  }
  return sum;
}

/// 2^(i / 128). `low` is a share of the whole.
inline constexpr std::array<Wide, 128> powers_of_two = [] {
  std::array<Wide, 128> powers{};
  for (std::size_t i = 0; i < powers.size(); ++i) {
    const Wide power = exp_series(ln2 * (static_cast<double>(i) / 128));
    powers[i] = {power.high, power.low / power.high};
  }
  return powers;
}();

/// x = k ln 2 / 128 + rest, |rest| <= ln 2 / 256, for |x| < 2^10.
struct ReducedExponent {
  std::int64_t k;
  double rest;
};

inline ReducedExponent reduce_exponent(double x) {
  constexpr double shift = 0x1.8p52;  // brings a whole number into the lowest bits
  constexpr double per_step = 0x1.71547652b82fep+7;
  constexpr double step_upper = 0x1.62e42fef8p-8, step_lower = 0x1.1cf79abc9e3b4p-43;
  const double shifted = x * per_step + shift;
  const double k = shifted - shift;
  const auto low_bits = std::bit_cast<std::uint64_t>(shifted)
                        << 13U;  // their sign comes to the top
  return {static_cast<std::int64_t>(low_bits) >> 13, x - k * step_upper - k * step_lower};
}

/// e^r - 1 - r for |r| <= 0.0028.
inline double exp_remainder(double r) {
  const double square = r * r;
  return square * (0.5 + r * (1.0 / 6)) +
         square * square * (1.0 / 24 + r * (1.0 / 120) + square * (1.0 / 720));
}

/// x 2^k, where both are normal numbers.
inline double scaled(double x, std::int64_t k) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) +
                               (static_cast<std::uint64_t>(k) << 52U));
}

/// e^(x + low) for a low part below a unit in the last place of x. Source: table and polynomial
/// as in P. T. P. Tang, ACM Trans. Math. Softw. 15 (1989).
inline double exp_of_sum(double x, double low) {
  if (!(std::fabs(x) < 708)) [[unlikely]] {
    if (std::isnan(x)) return x;
    if (x > 710) return std::numeric_limits<double>::infinity();
    if (x < -746) return 0;
    // In two steps, as the scale alone would leave the range.
    const ReducedExponent reduced = reduce_exponent(x);
    const Wide power = powers_of_two[static_cast<std::size_t>(reduced.k & 127)];
    const double r = reduced.rest + low;
    const double value = power.high + power.high * (power.low + (r + exp_remainder(r)));
    return std::ldexp(value, static_cast<int>(reduced.k >> 7));
  }
  const ReducedExponent reduced = reduce_exponent(x);
  const Wide power = powers_of_two[static_cast<std::size_t>(reduced.k & 127)];
  const double scale = scaled(power.high, reduced.k >> 7);
  const double r = reduced.rest + low;
  return scale + scale * (power.low + (r + exp_remainder(r)));
}

}  // namespace truce::base::elementary
