#pragma once

#include <Eigen/Core>
#include <vector>

#include "truce/analysis/estimate.hpp"

namespace truce::analysis {

/// Elementary effects of one parameter, per full range of the unit cube.
struct ElementaryEffects {
  double mu = 0;     ///< mean
  Estimate mu_star;  ///< mean of the absolute values (Campolongo et al., Environ. Model. Softw. 22,
                     ///< 2007)
  double sigma = 0;  ///< standard deviation: interactions and curvature
};

/// Morris's screening (Technometrics 33, 1991) from trajectories of D + 1 rows each, of which each
/// moves every parameter once: points [rows, D] in the unit cube, f [rows]. Intervals by a
/// bootstrap of the trajectories. Throws std::invalid_argument where the rows are no such
/// trajectories, or there are fewer than two.
std::vector<ElementaryEffects> morris_analysis(const Eigen::MatrixXd& points,
                                               const Eigen::VectorXd& f);

}  // namespace truce::analysis
