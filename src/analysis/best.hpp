#pragma once

#include <cstdint>
#include <vector>

#include "analysis/comparison.hpp"

namespace truce::analysis {

enum class Best : std::uint8_t { largest, smallest };

/// How likely it is that an alternative's mean is the best one, given the trials.
struct ChanceOfBest {
  double mean = std::numeric_limits<double>::quiet_NaN();
  /// Share of the resamples in which it is; the interval is of their number alone (Wilson, 95 %).
  Estimate chance;
};

struct BestAlternative {
  std::uint64_t trials = 0;    ///< with a value of all alternatives, at some point at least
  std::uint64_t compared = 0;  ///< (point, trial) in which all have a value
  std::uint64_t left_out = 0;  ///< those in which some have, not all
  std::uint64_t resamples = 0;
  double tied = 0;  ///< share of the resamples in which several were best
  std::vector<ChanceOfBest> alternatives;
};

/// The chance of each alternative to have the best mean, over all (point, trial) in which all have
/// a value: the share of bootstrap resamples in which it has. Trials are drawn whole, with all
/// alternatives and points, which share their random numbers; more than 4,096 of them as so many
/// groups of neighbours, which say the same of means. Where several are best in a resample, each
/// counts for its part. With a flat prior this is the posterior probability, in large samples: B.
/// Efron and R. J. Tibshirani, An Introduction to the Bootstrap (1993), 24.2. Chances are NaN with
/// fewer than two trials. Throws std::invalid_argument for shapes that differ.
BestAlternative best_alternative(const std::vector<PointValues>& alternatives, Best best);

}  // namespace truce::analysis
