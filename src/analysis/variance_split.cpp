#include "analysis/variance_split.hpp"

#include <algorithm>
#include <stdexcept>

namespace truce::analysis {

VarianceSplit split_variance(const Eigen::MatrixXd& batch_means, const Eigen::VectorXd& within) {
  const auto points = static_cast<double>(batch_means.rows());
  const auto batches = static_cast<double>(batch_means.cols());
  if (points < 2 || batches < 2 || within.size() != batch_means.rows()) {
    throw std::invalid_argument("a split of the variance needs two points and two batches");
  }
  const Eigen::VectorXd rows = batch_means.rowwise().mean();
  const Eigen::RowVectorXd columns = batch_means.colwise().mean();
  const double mean = rows.mean();
  const Eigen::MatrixXd rest = ((batch_means.colwise() - rows).rowwise() - columns).array() + mean;
  const double interaction = rest.squaredNorm() / ((points - 1) * (batches - 1));
  const double between = batches * (rows.array() - mean).square().sum() / (points - 1);
  return {.parameters = std::max(0.0, (between - interaction) / batches),
          .chance = within.mean(),
          .noise_of_mean = interaction / batches};
}

}  // namespace truce::analysis
