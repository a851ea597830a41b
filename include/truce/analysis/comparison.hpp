#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "truce/analysis/estimate.hpp"

namespace truce::analysis {

enum class Pairing : std::uint8_t { paired, independent };
enum class ValueKind : std::uint8_t { numbers, yes_or_no };

struct QuantileDifference {
  double probability = 0;
  double a = 0;
  double b = 0;
  Estimate difference;  ///< a - b, with a bootstrap interval
};

/// First-order stochastic dominance of the two empirical distributions.
enum class Dominance : std::uint8_t { none, a_is_larger, b_is_larger, equal };

/// An outcome under assumptions a and b, trial by trial or as independent samples.
struct Comparison {
  Pairing pairing = Pairing::paired;
  std::uint64_t count_a = 0;  ///< values compared; of pairs, those with both
  std::uint64_t count_b = 0;
  std::uint64_t only_a = 0;  ///< paired: trials where only a has a value
  std::uint64_t only_b = 0;
  double mean_a = std::numeric_limits<double>::quiet_NaN();
  double mean_b = std::numeric_limits<double>::quiet_NaN();
  Estimate difference;  ///< of the means, a - b
  /// Paired: variance of the difference for independent runs over that of the pairs.
  double variance_reduction = std::numeric_limits<double>::quiet_NaN();
  Estimate larger;   ///< P(a > b)
  Estimate smaller;  ///< P(a < b)
  std::vector<QuantileDifference> quantiles;
  Dominance dominance = Dominance::none;
  double most_above = 0;  ///< max over x of P(a > x) - P(b > x), at least 0
  double most_below = 0;  ///< max over x of P(b > x) - P(a > x), at least 0
  double p_value = std::numeric_limits<double>::quiet_NaN();  ///< two-sided, of equal means
};

/// Compares columns of the same trials, NaN where missing. The difference's interval is Student's
/// of the per-trial differences, its p-value that of Student's test, for yes/no the exact one of
/// McNemar (Psychometrika 12, 1947). P(a > b) has Wilson intervals; quantiles are those of the
/// inverse empirical distribution function with percentile intervals of a bootstrap of the pairs.
/// Throws std::invalid_argument for columns of different lengths.
Comparison compare_paired(std::span<const double> a, std::span<const double> b, ValueKind kind);

/// Compares independent samples. Welch's interval and test; for yes/no Newcombe's score interval
/// (Stat. Med. 17, 1998, method 10) and the pooled score test. P(a > b) over all pairs of trials,
/// with intervals by its placements (DeLong et al., Biometrics 44, 1988).
Comparison compare_independent(std::span<const double> a, std::span<const double> b,
                               ValueKind kind);

/// Step-down adjustment of p-values for several tests (Holm, Scand. J. Stat. 6, 1979), in their
/// order; NaN stays NaN and does not count.
std::vector<double> holm_adjusted(const std::vector<double>& p_values);

}  // namespace truce::analysis
