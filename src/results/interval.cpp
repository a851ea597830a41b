#include "results/interval.hpp"

#include <algorithm>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>

#include "engine/normal.hpp"

namespace truce::results {

namespace {

/// Events of a Poisson law of which so many or more are seen with the chance that an interval
/// misses: the lower limit of few successes, each divided by n, in place of Wilson's (Brown, Cai
/// and DasGupta's, see wilson_interval).
double least_expected(double successes, double z) {
  const double missed = 2 * engine::normal_cdf(-z);
  if (!(missed > 0)) return 0;
  if (missed >= 1) return std::numeric_limits<double>::infinity();
  // Where it is tiny, so far out that the inversion would overflow, the law's density is a power.
  const double log_least = (std::log(missed) + boost::math::lgamma(successes + 1)) / successes;
  if (log_least < -20) return std::exp(log_least);
  return quantile(boost::math::gamma_distribution<double>(successes), missed);
}

}  // namespace

Interval wilson_interval(std::uint64_t successes, std::uint64_t n, double z) {
  return wilson_interval_of(static_cast<double>(successes), static_cast<double>(n), z);
}

Interval wilson_interval_of(double successes, double n, double z) {
  if (!(n > 0)) {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    return {nan, nan};
  }
  const double p = successes / n;
  const double z2 = z * z;
  const double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const double half = z / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
  constexpr double few = 3 + 1e-9;  // counts of dependent trials are rounded
  const double failures = n - successes;
  Interval result{std::max(0.0, centre - half), std::min(1.0, centre + half)};
  // At the borders the formula is exact, its rounding is not.
  if (successes <= few) {
    result.low = successes <= 0 ? 0 : std::min(result.low, least_expected(successes, z) / n);
  }
  if (failures <= few) {
    result.high = failures <= 0 ? 1 : std::max(result.high, 1 - least_expected(failures, z) / n);
  }
  return result;
}

double student_quantile(double confidence, double freedom) {
  // Beyond, they differ in the seventh digit only.
  if (freedom > 1e6)
    return confidence == 0.95 ? z_95 : engine::inverse_normal((1 + confidence) / 2);
  return quantile(boost::math::students_t(freedom), (1 + confidence) / 2);
}

Interval mean_interval(const SampleShape& sample, double q, double unseen) {
  // Computed, NaN would have the sign that a compiler's order of operands gives it.
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (std::isnan(sample.sd)) return {none, none};
  const double n = sample.count;
  const double slope = sample.sd > 0 ? sample.skewness * sample.sd : 0;
  const double centre = q * q * slope / (2 * n);
  const double half = std::sqrt(q * q * sample.sd * sample.sd / n + centre * centre);
  const double missed = sample.sd > 0 ? 0 : q * q * unseen / n;
  return {sample.mean + centre - half - missed, sample.mean + centre + half + missed};
}

bool too_few(const SampleShape& sample) {
  // Two standard errors of a skewness, where there is none.
  const double unsure = 2 * std::sqrt(6 / sample.count);
  const double skewness = std::abs(sample.skewness) + unsure;
  return sample.count < 25 * skewness * skewness;
}

}  // namespace truce::results
