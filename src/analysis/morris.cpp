#include "truce/analysis/morris.hpp"

#include <cmath>
#include <stdexcept>

#include "bootstrap.hpp"

namespace truce::analysis {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;

/// [trajectory, parameter]
MatrixXd elementary_effects(const MatrixXd& points, const Eigen::VectorXd& f) {
  const Index d = points.cols();
  if (d < 1 || points.rows() != f.size() || points.rows() % (d + 1) != 0) {
    throw std::invalid_argument(
        "elementary effects need trajectories of one row more than there are parameters");
  }
  const Index trajectories = points.rows() / (d + 1);
  if (trajectories < 2) throw std::invalid_argument("elementary effects need two trajectories");
  MatrixXd effects = MatrixXd::Constant(trajectories, d, Estimate{}.value);
  for (Index t = 0; t < trajectories; ++t) {
    std::vector<bool> moved(static_cast<std::size_t>(d), false);
    for (Index s = 0; s < d; ++s) {
      const Index row = t * (d + 1) + s;
      const Eigen::RowVectorXd step = points.row(row + 1) - points.row(row);
      Index which = 0;
      const double size = step.cwiseAbs().maxCoeff(&which);
      const bool alone = std::abs(step.cwiseAbs().sum() - size) < 1e-12;
      if (!(size > 0) || !alone || moved[static_cast<std::size_t>(which)]) {
        throw std::invalid_argument("a trajectory does not move each parameter once");
      }
      moved[static_cast<std::size_t>(which)] = true;
      effects(t, which) = (f(row + 1) - f(row)) / step(which);
    }
  }
  return effects;
}

}  // namespace

std::vector<ElementaryEffects> morris_analysis(const MatrixXd& points, const Eigen::VectorXd& f) {
  const MatrixXd effects = elementary_effects(points, f);
  const Index n = effects.rows();
  std::vector<ElementaryEffects> result;
  for (Index d = 0; d < effects.cols(); ++d) {
    const auto column = effects.col(d).array();
    ElementaryEffects& of = result.emplace_back();
    of.mu = column.mean();
    of.sigma = std::sqrt((column - of.mu).square().sum() / static_cast<double>(n - 1));
    of.mu_star.value = column.abs().mean();
    std::vector<double> replicates;
    for (std::size_t r = 0; r < bootstrap_replicates; ++r) {
      Resampler resampler(bootstrap_seed, r);
      double sum = 0;
      for (Index i = 0; i < n; ++i) {
        sum += std::abs(column(static_cast<Index>(resampler.below(static_cast<std::size_t>(n)))));
      }
      replicates.push_back(sum / static_cast<double>(n));
    }
    of.mu_star.interval = percentile_interval(std::move(replicates));
  }
  return result;
}

}  // namespace truce::analysis
