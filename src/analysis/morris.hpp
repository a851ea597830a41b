#pragma once

#include <Eigen/Core>
#include <vector>

#include "analysis/estimate.hpp"

namespace truce::analysis {

/// Elementary effects of one parameter, per full range of the unit cube.
struct ElementaryEffects {
  Estimate mu;       ///< mean
  Estimate mu_star;  ///< mean of the absolute values (Campolongo et al., Environ. Model. Softw. 22,
                     ///< 2007)
  Estimate sigma;    ///< standard deviation, without the trials' noise: interactions and curvature
  bool too_few = false;  ///< trajectories, for effects so skewed; see results::too_few
};

/// Fewest trajectories whose intervals hold what they say; with fewer there is none for sigma.
inline constexpr Eigen::Index fewest_trajectories = 20;

/// Morris's screening (Technometrics 33, 1991) from trajectories of D + 1 rows each, of which each
/// moves every parameter once: points [row, D] in the unit cube, `batches` [row, batch] means of
/// batches of trials, each with the same random numbers at all points. Intervals are Student's from
/// trajectories and batches, moved and widened as the effects' skewness says
/// (results::mean_interval); that of sigma is on the scale of its logarithm, by the jackknife.
/// Throws std::invalid_argument where the rows are no such trajectories, or there are fewer than
/// two.
std::vector<ElementaryEffects> morris_analysis(const Eigen::MatrixXd& points,
                                               const Eigen::MatrixXd& batches);

}  // namespace truce::analysis
