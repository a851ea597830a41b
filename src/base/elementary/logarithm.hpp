#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include "base/elementary/wide.hpp"

namespace truce::base::elementary {

/// One of 128 intervals of [0.6875, 1.375): the inverse of its middle, of 12 bits, and minus the
/// inverse's logarithm. `upper` is a whole multiple of 2^-42, as is ln 2 below, so that a whole
/// number of ln 2 and it add up without error.
struct LogarithmInterval {
  double inverse, upper, lower;
};

/// log x for x in [0.5, 2], by the series of the inverse hyperbolic tangent.
constexpr Wide log_series(double x) {
  const Wide ratio = Wide{x - 1} / Wide{x + 1};
  const Wide square = ratio * ratio;
  Wide sum{}, power = ratio;
  for (int n = 1; n <= 69; n += 2) {
    sum = sum + power / Wide{static_cast<double>(n)};
    power = power * square;
  }
  return sum + sum;
}

inline constexpr std::uint64_t log_offset = 0x3fe6000000000000;  // 0.6875
inline constexpr double ln2_upper = 0x1.62e42fefa38p-1, ln2_lower = 0x1.ef35793c7673p-45;

inline constexpr std::array<LogarithmInterval, 128> log_intervals = [] {
  std::array<LogarithmInterval, 128> intervals{};
  for (std::uint64_t i = 0; i < intervals.size(); ++i) {
    const auto begin = std::bit_cast<double>(log_offset + (i << 45U));
    const auto end = std::bit_cast<double>(log_offset + ((i + 1) << 45U));
    // The two around 1 have 1 in their place, so that log x is accurate there.
    double inverse = 1;
    if (begin != 1 && end != 1) {
      // Of a positive constant that lies far from halves.
      // NOLINTNEXTLINE(bugprone-incorrect-roundings)
      const auto whole = static_cast<std::int64_t>(4096 / ((begin + end) / 2) + 0.5);
      inverse = static_cast<double>(whole) / 4096;
    }
    const Wide log = -log_series(inverse);
    const auto steps = static_cast<std::int64_t>(log.high * 0x1p42);
    const double upper = static_cast<double>(steps) * 0x1p-42;
    intervals[i] = {inverse, upper, (log - Wide{upper}).value()};
  }
  return intervals;
}();

/// x = 2^k z, z in the interval: log x = k ln 2 - log inverse + log(1 + r + r_low).
struct ReducedLogarithm {
  double k;
  const LogarithmInterval& interval;
  double r, r_low;
};

/// Of a positive normal number whose exponent is raised by `scaled`.
inline ReducedLogarithm reduce_logarithm(double x, int scaled = 0) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t above = bits - log_offset;
  const LogarithmInterval& interval = log_intervals[(above >> 45U) % 128];
  const auto k = static_cast<std::int64_t>(above) >> 52;
  const auto z = std::bit_cast<double>(bits - (above & (std::uint64_t{0xfff} << 52U)));
  const double upper = upper_half(z);
  // Both exact: 26 and 27 bits times 12.
  const double from_upper = upper * interval.inverse - 1;
  const double from_lower = (z - upper) * interval.inverse;
  const Wide r = ordered_sum(from_upper, from_lower);
  return {static_cast<double>(k - scaled), interval, r.high, r.low};
}

/// log(1 + r) - r + r^2 / 2 for |r| <= 2^-7.
inline double log_remainder(double r) {
  const double square = r * r;
  const double fourth = square * square;
  return r * square *
         (1.0 / 3 - r * (1.0 / 4) + square * (1.0 / 5 - r * (1.0 / 6)) +
          fourth * (1.0 / 7 - r * (1.0 / 8)));
}

/// log x of a positive normal number.
inline double log_of_normal(double x, int scaled = 0) {
  const ReducedLogarithm reduced = reduce_logarithm(x, scaled);
  const double whole = reduced.k * ln2_upper + reduced.interval.upper;
  const double r = reduced.r;
  const double sum = whole + r;
  const double rest = whole - sum + r + (reduced.k * ln2_lower + reduced.interval.lower);
  return rest + (r * r * -0.5 + log_remainder(r)) + sum;
}

}  // namespace truce::base::elementary
