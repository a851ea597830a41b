#pragma once

#include "peeling.hpp"

namespace truce::analysis {

/// The greatest gain along the trajectory of a sample.
double greatest_gain(const Sample& sample, const PeelingSettings& settings);

/// Share of permutations, with the sample itself, in which the greatest gain is at least that seen.
double p_of_box(const Sample& sample, double seen, const PeelingSettings& settings);
double p_of_axis(const Sample& sample, std::size_t axis, double seen,
                 const PeelingSettings& settings);

/// [axis] share of the resamples of clusters whose chosen box cuts as this one does.
std::vector<double> kept_shares(const Sample& sample, const Ranges& ranges,
                                const PeelingSettings& settings);

struct Validation {
  double density = 0;
  results::Interval interval;
  double coverage = 0;
};
/// Cross-validation of peeling, choosing and pasting; folds are of clusters.
Validation cross_validated(const Sample& sample, const PeelingSettings& settings);

}  // namespace truce::analysis
