#pragma once

#include <cmath>

namespace truce::model {

/// Counting forgives the error of binary fractions: 0.29 * 100 counts as 29, not 28.
inline constexpr double counting_tolerance = 1e-9;

inline double whole_down(double x) {
  return std::floor(x + counting_tolerance);
}
/// Halves go up.
inline double whole_nearest(double x) {
  return std::floor(x + 0.5 + counting_tolerance);
}

}  // namespace truce::model
