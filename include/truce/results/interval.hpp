#pragma once

#include <cstdint>

namespace truce::results {

struct Interval {
  double low = 0;
  double high = 0;
};

/// 0.975 quantile of the standard normal distribution: the half width of a 95 % interval in
/// standard errors.
inline constexpr double z_95 = 1.959963984540054;

/// Score interval of a probability after `successes` in `n` independent trials, within
/// [0, 1]; NaN for n = 0; `z` is the normal quantile of its confidence. Source: E. B. Wilson, JASA
/// 22 (1927), 209-212.
Interval wilson_interval(std::uint64_t successes, std::uint64_t n, double z = z_95);

/// Normal interval (95 %) of a mean; NaN where the standard error is.
Interval normal_interval(double mean, double standard_error);

}  // namespace truce::results
