#pragma once

#include <Eigen/Core>
#include <vector>

#include "truce/analysis/estimate.hpp"

namespace truce::analysis {

/// Variance-based sensitivity of one parameter.
struct SobolIndices {
  Estimate first;  ///< share of the variance that goes when the parameter is known
  Estimate total;  ///< share that stays when all others are known
};

struct SobolAnalysis {
  double mean = 0;
  double variance = 0;  ///< over both samples
  std::vector<SobolIndices> parameters;
};

/// Indices from a Saltelli design: f_a, f_b [N] at the samples A and B, f_ab [N, D] at A with
/// column d from B. First order by Saltelli et al., Comput. Phys. Commun. 181 (2010), table 2 (b),
/// on centred values; total order by Jansen, Comput. Phys. Commun. 117 (1999). Intervals by a
/// bootstrap of the rows. Where the output does not vary the indices are NaN. Throws
/// std::invalid_argument where shapes do not fit or there are fewer than two rows.
SobolAnalysis sobol_analysis(const Eigen::VectorXd& f_a, const Eigen::VectorXd& f_b,
                             const Eigen::MatrixXd& f_ab);

}  // namespace truce::analysis
