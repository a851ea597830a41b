#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "analysis/detail/comparison_parts.hpp"
#include "engine/normal.hpp"

namespace truce::analysis {

namespace {

constexpr int halvings = 60;

}  // namespace

results::Interval Difference::interval(double confidence) const {
  if (!interval_) return Estimate{}.interval;
  return interval_(results::student_quantile(confidence, freedom_));
}

double Difference::p_value(double null) const {
  if (!interval_) return std::numeric_limits<double>::quiet_NaN();
  double low = 0;
  double high = 40;
  for (int i = 0; i < halvings; ++i) {
    const double q = (low + high) / 2;
    const results::Interval at = interval_(q);
    (at.low <= null && null <= at.high ? high : low) = q;
  }
  if (freedom_ > 1e6) return std::min(1.0, 2 * engine::normal_cdf(-low));
  return std::min(1.0, 2 * cdf(complement(boost::math::students_t(freedom_), low)));
}

double Difference::p_not_equivalent(double margin) const {
  const double below = p_value(-margin) / 2;
  const double above = p_value(margin) / 2;
  return std::max(value_ > -margin ? below : 1 - below, value_ < margin ? above : 1 - above);
}

Difference paired_shares(double b, double c, double n) {
  return {(b - c) / n, std::numeric_limits<double>::infinity(),
          [=](double z) { return results::paired_share_interval(b, c, n, z); }};
}

Difference of_means(const results::TwoSamples& samples, double freedom) {
  return {samples.a.mean - samples.b.mean, freedom,
          [=](double q) { return results::difference_interval(samples, q); }};
}

double trials_to_see(const Comparison& comparison, double difference) {
  const results::Interval at = comparison.difference.interval(0.95);
  const double error = (at.high - at.low) / 2 / results::z_95;
  const double distance = results::z_95 + engine::inverse_normal(0.8);
  return std::ceil(comparison.balanced * std::pow(distance * error / difference, 2));
}

}  // namespace truce::analysis
