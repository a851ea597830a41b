#pragma once

#include <Eigen/Core>
#include <vector>

#include "truce/analysis/estimate.hpp"

namespace truce::analysis {

/// First-order indices from any sample of independent parameters: points [n, D], f [n]. The sample
/// is cut into classes of equal size by each parameter; the index is the adjusted correlation ratio
/// of the class means (Pearson; adjusted as Kelley, PNAS 21, 1935; number of classes by Strong,
/// Oakley and Chilcott, J. R. Stat. Soc. C 61, 2012, extended by Plischke, Borgonovo and Smith,
/// Eur. J. Oper. Res. 226, 2013). May come out slightly below 0. Intervals by a bootstrap of the
/// rows. NaN where the output does not vary. Throws std::invalid_argument for other shapes or fewer
/// than 20 rows.
std::vector<Estimate> given_data_indices(const Eigen::MatrixXd& points, const Eigen::VectorXd& f);

}  // namespace truce::analysis
