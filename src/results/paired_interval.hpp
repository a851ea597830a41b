#pragma once

#include <cstdint>

#include "results/interval.hpp"
#include "results/moments.hpp"

namespace truce::results {

/// Two means and how their estimates are correlated: what an interval of their difference needs.
struct TwoSamples {
  SampleShape a;
  SampleShape b;
  double correlation = 0;
  double unseen_a = 0;  ///< what the samples may have missed; see mean_interval
  double unseen_b = 0;
};

/// Interval of a.mean - b.mean from those of both (mean_interval), by the method of variance
/// estimates recovery: G. Y. Zou and A. Donner, Stat. Med. 27 (2008), 1693-1702.
Interval difference_interval(const TwoSamples& samples, double q);

/// Score interval of a share's difference among n pairs of which b speak for it and c against:
/// T. Tango, Stat. Med. 17 (1998), 891-908. `z` is the normal quantile of its confidence.
Interval paired_share_interval(double b, double c, double n, double z);

/// Pairs of independent trials, as they come: the mean of a - b, which is that of the gain of a
/// over b less that of b over a.
class PairedMoments {
 public:
  /// Finite numbers.
  void add(double a, double b);

  [[nodiscard]] std::uint64_t count() const { return gain_.count(); }
  /// NaN without pairs.
  [[nodiscard]] double difference() const;
  /// Pairs with a above b, and below.
  [[nodiscard]] std::uint64_t larger() const { return larger_; }
  [[nodiscard]] std::uint64_t smaller() const { return smaller_; }
  /// Of a - b.
  [[nodiscard]] SampleShape shape() const;

  /// Of the mean of a - b, that of two shares where values are 0 and 1. NaN with fewer than two
  /// pairs.
  [[nodiscard]] Interval of_means(double confidence) const;
  [[nodiscard]] Interval of_shares(double confidence) const;

 private:
  Moments gain_, loss_, both_;
  std::uint64_t larger_ = 0, smaller_ = 0;
  double sizes_ = 0, squares_ = 0;  ///< sums of |a - b| and its square
};

}  // namespace truce::results
