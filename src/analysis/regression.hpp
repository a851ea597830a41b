#pragma once

#include <Eigen/Core>
#include <vector>

#include "analysis/estimate.hpp"

namespace truce::analysis {

struct RegressionAnalysis {
  std::vector<Estimate> src;   ///< standardised regression coefficients
  double r_squared = 0;        ///< of that linear regression
  std::vector<Estimate> prcc;  ///< partial rank correlations
};

/// Linear sensitivities from any sample: points [n, D] in the parameters' own units, `batches`
/// [n, batch] means of batches of trials, each with the same random numbers at all points.
/// Standardised coefficients (Saltelli et al., Sensitivity Analysis, 2000, 6.6) with Student
/// intervals that allow for curvature (HC3; Long and Ervin, Am. Stat. 54, 2000), no narrower than
/// the sample's resolution, 0.5 / n; of `independent` parameters relative to the variance without
/// their chance correlations in the sample; partial rank correlations (Marino et al., J. Theor.
/// Biol. 254, 2008), ties at their mean rank, with intervals by the jackknife over 20 groups of
/// rows on the scale of Fisher's z. A relation without any rest has a partial correlation of 1 or
/// -1; what the others explain wholly has 0. NaN where the output does not vary. Throws
/// std::invalid_argument for fewer than D + 4 rows, other shapes, and parameters that do not vary
/// or depend on each other linearly.
RegressionAnalysis regression_analysis(const Eigen::MatrixXd& points,
                                       const Eigen::MatrixXd& batches, bool independent = true);

}  // namespace truce::analysis
