#pragma once

#include "analysis/detail/peeling.hpp"

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

/// Of the density of this box over all possible points: what the sample has in it, less what a
/// search gains by chance. That is, over resamples of clusters, the density of the box found in the
/// resample there less in the sample (Efron, JASA 78, 1983, 316-331): its mean is taken off, its
/// variance is that of the score interval.
results::Interval less_optimism(const Sample& sample, const Step& box,
                                const PeelingSettings& settings);

}  // namespace truce::analysis
