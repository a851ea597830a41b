#pragma once

#include <Eigen/Core>
#include <vector>

#include "analysis/estimate.hpp"

namespace truce::analysis {

/// Variance-based sensitivity of one parameter.
struct SobolIndices {
  Estimate first;  ///< share of the variance that goes when the parameter is known
  Estimate total;  ///< share that stays when all others are known
};

struct SobolAnalysis {
  double mean = 0;
  double variance = 0;  ///< of the points' expectations, over both samples
  double noise = 0;     ///< share of the variance of the points' means that is the trials'
  std::vector<SobolIndices> parameters;
  /// Of the squared errors of the total indices, the mean share that comes of the trials: more
  /// trials help against it, more points against the rest.
  double error_of_trials = 0;
};

/// Fewest rows of the base sample whose intervals hold 93 % or more; of 64 and 128 they hold 90 to
/// 96 %, as few rows may miss what little a small index is made of.
inline constexpr Eigen::Index fewest_rows = 256;

/// Indices from a Saltelli design. `batches` [row, batch] are means of batches of trials, each with
/// the same random numbers at all points; rows are those of the samples A and B, `base` each, then
/// for each parameter A with that column from B. The base sample is `replicates` independent
/// designs of the same size, one after the other; with 1 its rows are taken as if they were
/// independent.
///
/// First order: the correlation of B and AB; total order: 1 less that of A and AB (Janon et al.,
/// ESAIM Probab. Stat. 18, 2014), with products of A and B, which are 0 on average, as control
/// variate: for a small first order the estimator of Saltelli et al., Comput. Phys. Commun. 181
/// (2010), table 2 (b), for a small total order that of Jansen, Comput. Phys. Commun. 117 (1999).
/// (The coefficient of the control comes from the other units, and that of each order from the
/// other's index with its own control: with the plain product of B and AB, which goes with that of
/// A and B, small totals would have up to 70 times the error.) Each product is between different
/// batches, so that the trials' noise adds nothing. Intervals are Student's, from replicates and
/// batches (crossed_form.hpp), on the scale of Fisher's z. NaN where the points do not differ by
/// more than noise. Throws std::invalid_argument where shapes do not fit or there are fewer than
/// two rows.
SobolAnalysis sobol_analysis(const Eigen::MatrixXd& batches, Eigen::Index base,
                             Eigen::Index replicates);

}  // namespace truce::analysis
