#pragma once

#include <cmath>
#include <cstdint>

namespace truce::model {

/// Counting forgives the error of binary fractions: 0.29 * 100 counts as 29, not 28.
inline constexpr double counting_tolerance = 1e-9;

/// floor(x), which compilers call a function for where they may not count on newer processors.
inline double rounded_down(double x) {
  constexpr double always_whole = 0x1p52;
  if (!(std::fabs(x) < always_whole)) return x;
  const auto towards_zero = static_cast<double>(static_cast<std::int64_t>(x));
  return towards_zero - static_cast<double>(towards_zero > x);
}

inline double whole_down(double x) {
  return rounded_down(x + counting_tolerance);
}
/// Halves go up.
inline double whole_nearest(double x) {
  return rounded_down(x + 0.5 + counting_tolerance);
}

}  // namespace truce::model
