#pragma once

#include <Eigen/Core>
#include <vector>

#include "analysis/detail/crossed_form.hpp"
#include "analysis/detail/polynomial_chaos.hpp"

namespace truce::analysis {

/// Most parameters whose Shapley effects are computed: each of their subsets is gone through.
inline constexpr Eigen::Index most_of_shapley = 8;

/// Correlations of the normal scores of x [row, parameter]: those of a Gaussian copula.
Eigen::MatrixXd copula_correlations(const Eigen::MatrixXd& x);

/// Whether any of them is further from 0 than chance brings it among so many rows.
bool depend(const Eigen::MatrixXd& correlations, Eigen::Index rows);

/// Numerators of the Shapley effects (Owen, SIAM/ASA J. Uncertain. Quantif. 2, 2014; Song, Nelson
/// and Staum, same, 4, 2016), by parameter, as forms over points: the variance of the expansion's
/// conditional expectation is shared out over all orders in which the parameters may become known.
/// Conditional distributions are those of the Gaussian copula with the sample's own marginals, by
/// 128 draws for each point. y [row, batch] is what was fitted. They add up to the whole variance.
std::vector<UnitForm> shapley_forms(const SparseExpansion& expansion, const Eigen::MatrixXd& x,
                                    const Eigen::MatrixXd& y);

}  // namespace truce::analysis
