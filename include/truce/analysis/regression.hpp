#pragma once

#include <Eigen/Core>
#include <vector>

#include "truce/analysis/estimate.hpp"

namespace truce::analysis {

struct RegressionAnalysis {
  std::vector<Estimate> src;   ///< standardised regression coefficients
  double r_squared = 0;        ///< of that linear regression
  std::vector<Estimate> prcc;  ///< partial rank correlations
};

/// Linear sensitivities from any sample: points [n, D], f [n]. Standardised coefficients with
/// Student intervals (Saltelli et al., Sensitivity Analysis, 2000, 6.6); partial rank correlations
/// with Fisher's z (Marino et al., J. Theor. Biol. 254, 2008), ties at their mean rank. NaN where
/// the output does not vary. Throws std::invalid_argument for fewer than D + 4 rows, other shapes,
/// and parameters that do not vary or depend on each other linearly.
RegressionAnalysis regression_analysis(const Eigen::MatrixXd& points, const Eigen::VectorXd& f);

}  // namespace truce::analysis
