#include "truce/results/interval.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace truce::results {

Interval wilson_interval(std::uint64_t successes, std::uint64_t n, double z) {
  if (n == 0) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    return {nan, nan};
  }
  const double count = static_cast<double>(n);
  const double p = static_cast<double>(successes) / count;
  const double z2 = z * z;
  const double centre = (p + z2 / (2 * count)) / (1 + z2 / count);
  const double half =
      z / (1 + z2 / count) * std::sqrt(p * (1 - p) / count + z2 / (4 * count * count));
  // At the borders the formula is exact, its rounding is not.
  return {successes == 0 ? 0 : std::max(0.0, centre - half),
          successes == n ? 1 : std::min(1.0, centre + half)};
}

Interval normal_interval(double mean, double standard_error) {
  return {mean - z_95 * standard_error, mean + z_95 * standard_error};
}

}  // namespace truce::results
