#include "analysis/morris.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "analysis/detail/comparison_parts.hpp"
#include "analysis/detail/crossed_form.hpp"

namespace truce::analysis {

namespace {

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;
using Eigen::MatrixXd;

/// For each parameter [trajectory, batch].
std::vector<ArrayXXd> elementary_effects(const MatrixXd& points, const MatrixXd& f) {
  const Index d = points.cols();
  if (d < 1 || points.rows() != f.rows() || points.rows() % (d + 1) != 0) {
    throw std::invalid_argument(
        "elementary effects need trajectories of one row more than there are parameters");
  }
  const Index trajectories = points.rows() / (d + 1);
  if (trajectories < 2) throw std::invalid_argument("elementary effects need two trajectories");
  std::vector<ArrayXXd> effects(static_cast<std::size_t>(d), ArrayXXd(trajectories, f.cols()));
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
      effects[static_cast<std::size_t>(which)].row(t) =
          (f.row(row + 1) - f.row(row)).array() / step(which);
    }
  }
  return effects;
}

/// Standard deviation over trajectories without the noise of the trials.
Estimate spread(const ArrayXXd& effects) {
  const Index n = effects.rows();
  const ArrayXXd own = effects.rowwise() - effects.colwise().mean();
  UnitForm squares(n, effects.cols());
  squares.with_mean = own.colwise() * own.rowwise().mean();
  squares.with_self = own.square();
  UnitForm ones(n, effects.cols());
  ones.with_mean = ones.with_self = ArrayXXd::Constant(n, effects.cols(), 1);
  const CrossedRatio ratio = crossed_ratio(squares, ones);
  const double correction = static_cast<double>(n) / static_cast<double>(n - 1);
  const double variance = std::max(0.0, ratio.estimate.value * correction);
  Estimate sigma;
  sigma.value = std::sqrt(variance);
  // Rounding of effects that are all equal is no spread.
  if (sigma.value < 1e-9 * std::abs(effects.mean())) sigma.value = 0;
  if (n < fewest_trajectories) return sigma;
  const double half = (ratio.estimate.interval.high - ratio.estimate.value) * correction;
  // On the scale of the logarithm, unless noise leaves the variance near 0.
  if (variance > 0 && half < 2 * variance) {
    const double factor = std::exp(half / variance / 2);
    sigma.interval = {sigma.value / factor, sigma.value * factor};
  } else {
    sigma.interval = {0, std::sqrt(std::max(0.0, ratio.estimate.value * correction + half))};
  }
  return sigma;
}

/// Their mean with the score interval of skewed samples, and the error that trajectories and
/// batches show together.
Estimate skewed_mean(const ArrayXXd& cells) {
  Estimate mean = crossed_mean(cells);
  const ArrayXd of_trajectories = cells.rowwise().mean();
  const auto n = static_cast<double>(cells.rows());
  results::SampleShape shape =
      shape_of({of_trajectories.data(), static_cast<std::size_t>(of_trajectories.size())});
  const double q = results::student_quantile(0.95, n - 1);
  shape.sd = (mean.interval.high - mean.value) / q * std::sqrt(n);
  mean.interval = results::mean_interval(shape, q);
  return mean;
}

}  // namespace

std::vector<ElementaryEffects> morris_analysis(const MatrixXd& points, const MatrixXd& batches) {
  std::vector<ElementaryEffects> result;
  for (const ArrayXXd& effects : elementary_effects(points, batches)) {
    ElementaryEffects& of = result.emplace_back();
    of.mu = skewed_mean(effects);
    // Towards 0 of a trajectory's mean is down for its size.
    const ArrayXd signs = effects.rowwise().mean().sign();
    of.mu_star = skewed_mean(effects.colwise() * signs);
    of.sigma = spread(effects);
    const ArrayXd means = effects.rowwise().mean();
    const ArrayXd sizes = means.abs();
    for (const ArrayXd& x : {means, sizes}) {
      of.too_few |= results::too_few(shape_of({x.data(), static_cast<std::size_t>(x.size())}));
    }
  }
  return result;
}

}  // namespace truce::analysis
