#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/comparison.hpp"
#include "results/paired_interval.hpp"

namespace truce::analysis {

/// Moments of independent numbers.
results::SampleShape shape_of(std::span<const double> values);

/// Of a share among n pairs of which b speak for it and c against: Tango's.
Difference paired_shares(double b, double c, double n);

/// Of the means of two samples, which may be correlated.
Difference of_means(const results::TwoSamples& samples, double freedom);

/// A value with the number of its trial.
struct TrialValue {
  double value = 0;
  std::uint32_t trial = 0;
};

/// Sets the quantile differences; the values of trials 0 to trials - 1 are drawn together. Sorts.
void set_quantiles(std::vector<TrialValue>& a, std::vector<TrialValue>& b, std::size_t trials_a,
                   std::size_t trials_b, Comparison& into);

/// Deciles of both samples together, those that have values on either side; sorted samples.
std::vector<double> thresholds_of(const std::vector<TrialValue>& a,
                                  const std::vector<TrialValue>& b);
/// From the scores of P(a > x) - P(b > x) at the thresholds.
Shift shift_of(const std::vector<double>& scores);

}  // namespace truce::analysis
