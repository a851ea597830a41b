#pragma once

#include <span>
#include <vector>

#include "truce/analysis/comparison.hpp"

namespace truce::analysis {

struct SampleMoments {
  double mean = 0;
  double variance = 0;  ///< divisor n - 1
};
SampleMoments moments_of(std::span<const double> values);

/// Sets dominance and both violations from the samples, sorted ascending.
void set_dominance(const std::vector<double>& a, const std::vector<double>& b, Comparison& into);

/// Sets the quantile differences.
void set_quantiles(std::span<const double> a, std::span<const double> b, Comparison& into);

/// Values that are there.
std::vector<double> present(std::span<const double> values);

}  // namespace truce::analysis
