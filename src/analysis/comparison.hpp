#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <span>
#include <vector>

#include "analysis/estimate.hpp"

namespace truce::analysis {

enum class Pairing : std::uint8_t { paired, independent };
enum class ValueKind : std::uint8_t { numbers, yes_or_no };

struct QuantileDifference {
  double probability = 0;
  double a = 0;
  double b = 0;
  Estimate difference;  ///< a - b, with a bootstrap interval; none where too few lie beyond it
};

/// Fewest trials that must lie, on average, beyond a quantile on its nearer side for the interval
/// of its difference to be told: a bootstrap cannot draw what the sample does not have, and from 20
/// trials the interval of the 5 % quantile holds 80 % of the time.
inline constexpr double fewest_beyond_quantile = 10;

/// How the distributions of a and b differ, by P(value > x) at up to nine thresholds x, the deciles
/// of both samples together: at 5 % for all of them together (Bonferroni).
enum class Shift : std::uint8_t {
  none,     ///< no difference is seen
  larger,   ///< that of a is larger at some, smaller at none
  smaller,  ///< the reverse
  crossing  ///< larger at some, smaller at others
};

/// A difference with the family of its intervals, from which its p-values follow.
class Difference {
 public:
  /// `interval` gives the interval whose half width is `q` standard errors, about; q is a quantile
  /// of Student's distribution with that many degrees of freedom (the normal one if infinite).
  using Family = std::function<results::Interval(double q)>;

  Difference() = default;
  Difference(double value, double freedom, Family interval)
      : value_(value), freedom_(freedom), interval_(std::move(interval)) {}

  [[nodiscard]] double value() const { return value_; }
  /// NaN where there is none.
  [[nodiscard]] results::Interval interval(double confidence) const;
  /// Two-sided, that the difference is `null`: 1 - confidence of the interval that just reaches it.
  [[nodiscard]] double p_value(double null = 0) const;
  /// That the difference is not within (-margin, margin): the larger of two one-sided p-values.
  /// Source: D. J. Schuirmann, J. Pharmacokinet. Biopharm. 15 (1987), 657-680.
  [[nodiscard]] double p_not_equivalent(double margin) const;

 private:
  double value_ = std::numeric_limits<double>::quiet_NaN();
  double freedom_ = std::numeric_limits<double>::infinity();
  Family interval_;
};

/// An outcome under assumptions a and b, trial by trial or as independent samples.
struct Comparison {
  Pairing pairing = Pairing::paired;
  std::uint64_t trials = 0;   ///< paired: trials with at least one pair, which are independent
  std::uint64_t count_a = 0;  ///< values compared; of pairs, those with both
  std::uint64_t count_b = 0;
  /// Trials of each side, were both as many, that would leave the difference the same error.
  double balanced = 0;
  std::uint64_t only_a = 0;  ///< paired: where only a has a value
  std::uint64_t only_b = 0;
  std::uint64_t neither = 0;  ///< paired: where none has
  bool varies = true;         ///< not if all values of both are one
  bool too_few = false;       ///< for the skewness of what is compared; see results::too_few
  double mean_a = std::numeric_limits<double>::quiet_NaN();
  double mean_b = std::numeric_limits<double>::quiet_NaN();
  Difference difference;  ///< of the means, a - b
  /// Paired: variance of the difference for independent runs over that of the pairs.
  double variance_reduction = std::numeric_limits<double>::quiet_NaN();
  Estimate larger;   ///< P(a > b)
  Estimate smaller;  ///< P(a < b)
  std::vector<QuantileDifference> quantiles;
  Shift shift = Shift::none;
};

/// [point][trial], NaN where missing. The same trial of several points shares its random numbers.
using PointValues = std::vector<std::vector<double>>;

/// Compares the pairs (point, trial) in which both have a value, all pooled; errors are those of
/// trials, which may have pairs at several points. A yes/no has Tango's score interval (Stat. Med.
/// 17, 1998), whose p-value is that of McNemar's score test; numbers have that which the method of
/// variance estimates recovery (Zou and Donner, Stat. Med. 27, 2008) makes of the intervals of the
/// mean excess of a over b and of b over a (results::mean_interval). What one sign alone has shown,
/// the other may have too: see results::mean_interval, `unseen`. P(a > b) has Wilson intervals of
/// the effective number of pairs; quantiles are those of the inverse empirical distribution
/// function with percentile intervals of a bootstrap of trials. Throws std::invalid_argument for
/// shapes that differ.
Comparison compare_paired(const PointValues& a, const PointValues& b, ValueKind kind);

/// Compares independent samples. For yes/no Newcombe's score interval (Stat. Med. 17, 1998, method
/// 10), for numbers the same of the means' intervals with Welch's degrees of freedom; p-values by
/// inversion. P(a > b) over all pairs of trials, with Wilson's intervals of an effective number of
/// trials, by the variance of its placements (DeLong et al., Biometrics 44, 1988).
Comparison compare_independent(std::span<const double> a, std::span<const double> b,
                               ValueKind kind);

/// Trials of a paired comparison, or of each side, with which a difference of that size is seen at
/// 5 % with a chance of 80 %, if trials vary as those compared.
double trials_to_see(const Comparison& comparison, double difference);

/// Step-down adjustment of p-values for several tests (Holm, Scand. J. Stat. 6, 1979), in their
/// order; NaN stays NaN and does not count.
std::vector<double> holm_adjusted(const std::vector<double>& p_values);

}  // namespace truce::analysis
