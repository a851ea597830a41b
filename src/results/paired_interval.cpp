#include "results/paired_interval.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace truce::results {

namespace {

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

SampleShape shape_of(const Moments& moments) {
  return {static_cast<double>(moments.count()), moments.mean(), moments.sd(), moments.skewness()};
}

constexpr Interval none = {std::numeric_limits<double>::quiet_NaN(),
                           std::numeric_limits<double>::quiet_NaN()};

}  // namespace

Interval difference_interval(const TwoSamples& samples, double q) {
  const SampleShape& a = samples.a;
  const SampleShape& b = samples.b;
  const double d = a.mean - b.mean;
  const Interval of_a = mean_interval(a, q, samples.unseen_a);
  const Interval of_b = mean_interval(b, q, samples.unseen_b);
  const auto join = [&](double x, double y) {
    return std::sqrt(std::max(0.0, x * x + y * y - 2 * samples.correlation * x * y));
  };
  return {d - join(a.mean - of_a.low, of_b.high - b.mean),
          d + join(of_a.high - a.mean, b.mean - of_b.low)};
}

Interval paired_share_interval(double b, double c, double n, double z) {
  constexpr int halvings = 60;
  const double d = (b - c) / n;
  // The score falls as the difference grows.
  const auto bound = [&](double far) {
    double near = d;
    for (int i = 0; i < halvings; ++i) {
      const double middle = (near + far) / 2;
      (std::abs(tango_score(b, c, n, middle)) < z ? near : far) = middle;
    }
    return near;
  };
  return {bound(-1), bound(1)};
}

void PairedMoments::add(double a, double b) {
  const double d = a - b;
  gain_.add(std::max(0.0, d));
  loss_.add(std::max(0.0, -d));
  both_.add(d);
  larger_ += d > 0;
  smaller_ += d < 0;
  sizes_ += std::abs(d);
  squares_ += d * d;
}

double PairedMoments::difference() const {
  return gain_.mean() - loss_.mean();
}

SampleShape PairedMoments::shape() const {
  return shape_of(both_);
}

Interval PairedMoments::of_means(double confidence) const {
  if (count() < 2) return none;
  const auto n = static_cast<double>(count());
  TwoSamples samples{.a = shape_of(gain_), .b = shape_of(loss_)};
  const double deviations = samples.a.sd * samples.b.sd;
  // No pair has both.
  const double together = -samples.a.mean * samples.b.mean * n / (n - 1);
  if (deviations > 0) samples.correlation = together / deviations;
  // What no trial has shown may be as large as what some have, and is as likely as trials tie.
  const double ties = (n - static_cast<double>(larger_ + smaller_)) / n;
  samples.unseen_a = samples.unseen_b = sizes_ > 0 ? squares_ / sizes_ * ties : 0;
  return difference_interval(samples, student_quantile(confidence, n - 1));
}

Interval PairedMoments::of_shares(double confidence) const {
  if (count() < 2) return none;
  constexpr double infinite = std::numeric_limits<double>::infinity();
  return paired_share_interval(static_cast<double>(larger_), static_cast<double>(smaller_),
                               static_cast<double>(count()),
                               student_quantile(confidence, infinite));
}

}  // namespace truce::results
