#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "comparison_parts.hpp"
#include "truce/engine/normal.hpp"

namespace truce::analysis {

namespace {

constexpr int halvings = 60;

/// Signed score of Tango's test that the difference is `delta`: b pairs for, c against, of n.
double tango_score(double b, double c, double n, double delta) {
  const double linear = -b - c + (2 * n - b + c) * delta;
  const double constant = -c * delta * (1 - delta);
  const double root = std::sqrt(std::max(0.0, linear * linear - 8 * n * constant));
  const double against = (root - linear) / (4 * n);  // probability, under the hypothesis
  const double variance = n * (2 * against + delta * (1 - delta));
  const double distance = b - c - n * delta;
  if (distance == 0) return 0;
  return variance > 0 ? distance / std::sqrt(variance) : distance * 1e300;
}

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
  return {(b - c) / n, std::numeric_limits<double>::infinity(), [b, c, n](double z) {
            const double d = (b - c) / n;
            // The score falls as the difference grows.
            const auto bound = [&](double far, double target) {
              double near = d;
              for (int i = 0; i < halvings; ++i) {
                const double middle = (near + far) / 2;
                (std::abs(tango_score(b, c, n, middle)) < target ? near : far) = middle;
              }
              return near;
            };
            return results::Interval{bound(-1, z), bound(1, z)};
          }};
}

Difference of_means(const results::SampleShape& a, const results::SampleShape& b,
                    double correlation, double freedom, const Unseen& unseen) {
  const double d = a.mean - b.mean;
  return {d, freedom, [=](double q) {
            const results::Interval of_a = results::mean_interval(a, q, unseen.a);
            const results::Interval of_b = results::mean_interval(b, q, unseen.b);
            const auto join = [&](double x, double y) {
              return std::sqrt(std::max(0.0, x * x + y * y - 2 * correlation * x * y));
            };
            return results::Interval{d - join(a.mean - of_a.low, of_b.high - b.mean),
                                     d + join(of_a.high - a.mean, b.mean - of_b.low)};
          }};
}

double trials_to_see(const Comparison& comparison, double difference) {
  const double n = comparison.pairing == Pairing::paired
                       ? static_cast<double>(comparison.trials)
                       : static_cast<double>(std::min(comparison.count_a, comparison.count_b));
  const results::Interval at = comparison.difference.interval(0.95);
  const double error = (at.high - at.low) / 2 / results::z_95;
  const double distance = results::z_95 + engine::inverse_normal(0.8);
  return std::ceil(n * std::pow(distance * error / difference, 2));
}

}  // namespace truce::analysis
