#pragma once

#include <Eigen/Core>

namespace truce::analysis {

/// Where the variance of an outcome comes from.
struct VarianceSplit {
  double parameters = 0;     ///< of the expectation from point to point
  double chance = 0;         ///< of a single trial at a point, mean over points
  double noise_of_mean = 0;  ///< of a point's mean around its expectation, as far as it differs
                             ///< from point to point: what all points share does not count
  /// parameters / (parameters + chance): what knowing the parameters would take off one trial's
  /// variance.
  [[nodiscard]] double share_of_parameters() const { return parameters / (parameters + chance); }
};

/// Splits the variance by a two-way analysis of variance (Scheffé, The Analysis of Variance, 1959,
/// 4) of batch means [point, batch], where batch b has the same trials, and so the same random
/// numbers, at every point; `within` [point] are the variances of single trials. Parameters' part
/// is 0 where noise alone explains the differences. Throws std::invalid_argument for fewer than two
/// points or batches.
VarianceSplit split_variance(const Eigen::MatrixXd& batch_means, const Eigen::VectorXd& within);

}  // namespace truce::analysis
