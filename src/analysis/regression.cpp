#include "analysis/regression.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <stdexcept>

#include "analysis/detail/bootstrap.hpp"
#include "analysis/detail/crossed_form.hpp"
#include "analysis/detail/parameter_basis.hpp"

namespace truce::analysis {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Mean 0, sample variance 1.
MatrixXd standardised(const MatrixXd& columns) {
  MatrixXd result = columns.rowwise() - columns.colwise().mean();
  for (Index j = 0; j < result.cols(); ++j) {
    const double norm = result.col(j).norm();
    if (norm == 0) throw std::invalid_argument("a parameter does not vary");
    result.col(j) *= std::sqrt(static_cast<double>(columns.rows() - 1)) / norm;
  }
  return result;
}

/// Correlation of what is left of two columns when their regression on the others is taken out.
VectorXd partial_correlations(const MatrixXd& x, const VectorXd& y) {
  VectorXd result(x.cols());
  for (Index j = 0; j < x.cols(); ++j) {
    MatrixXd others(x.rows(), x.cols());
    others << VectorXd::Ones(x.rows()), x.leftCols(j), x.rightCols(x.cols() - 1 - j);
    const Eigen::ColPivHouseholderQR<MatrixXd> qr(others);
    const VectorXd a = x.col(j) - others * qr.solve(x.col(j));
    const VectorXd b = y - others * qr.solve(y);
    // Nothing is left of y where the others say all of it: j then adds nothing.
    const bool nothing = b.norm() <= 1e-9 * (y.array() - y.mean()).matrix().norm();
    result(j) = nothing ? 0 : std::clamp(a.dot(b) / (a.norm() * b.norm()), -1.0, 1.0);
  }
  return result;
}

VectorXd partial_rank_correlations(const MatrixXd& points, const VectorXd& f) {
  MatrixXd ranks(points.rows(), points.cols());
  for (Index j = 0; j < points.cols(); ++j) ranks.col(j) = mean_ranks(points.col(j));
  return partial_correlations(ranks, mean_ranks(f));
}

/// With intervals by the jackknife over groups of rows, on the scale of Fisher's z.
std::vector<Estimate> rank_correlations(const MatrixXd& points, const VectorXd& f) {
  const Index n = points.rows();
  const Index groups = std::min<Index>(20, n / (points.cols() + 4));
  const VectorXd all = partial_rank_correlations(points, f);
  std::vector<Estimate> result;
  for (const double r : all) result.push_back({r, Estimate{}.interval});
  if (groups < 5) return result;
  const auto z = [](double r) { return std::atanh(std::clamp(r, -1 + 1e-12, 1 - 1e-12)); };
  const auto order = shuffled_rows(n);
  MatrixXd left_out(groups, points.cols());
  for (Index g = 0; g < groups; ++g) {
    std::vector<Index> kept;
    for (Index i = 0; i < n; ++i) {
      if (i % groups != g) kept.push_back(order[static_cast<std::size_t>(i)]);
    }
    left_out.row(g) =
        partial_rank_correlations(points(kept, Eigen::all), f(kept)).unaryExpr(z).transpose();
  }
  const auto count = static_cast<double>(groups);
  const double t = boost::math::quantile(boost::math::students_t(count - 1), 0.975);
  for (Index j = 0; j < points.cols(); ++j) {
    const auto column = left_out.col(j).array();
    Estimate& e = result[static_cast<std::size_t>(j)];
    // The jackknife's measure of bias is no better than to be allowed for on either side.
    const double bias = (count - 1) * std::abs(column.mean() - z(e.value));
    const double half =
        t * std::sqrt((count - 1) / count * (column - column.mean()).square().sum()) + bias;
    e.interval = {std::tanh(z(e.value) - half), std::tanh(z(e.value) + half)};
    if (std::abs(e.value) > 1 - 1e-9)
      e = {std::round(e.value), {std::round(e.value), std::round(e.value)}};
  }
  return result;
}

/// Variance that the coefficients of f have, beyond what their residuals show, from noise that
/// points share through common random numbers: between the batches' coefficients, less what noise
/// of each point's own would bring.
VectorXd shared_noise(const MatrixXd& x, const MatrixXd& batches, const MatrixXd& inverse,
                      const VectorXd& f, double variance) {
  const auto count = static_cast<double>(batches.cols());
  if (batches.cols() < fewest_batches) return VectorXd::Zero(x.cols());
  MatrixXd noise = batches.colwise() - f;
  noise.rowwise() -= noise.colwise().mean().eval();
  const MatrixXd slopes = inverse * x.transpose() * noise;
  const double own = (noise - x * slopes).squaredNorm() /
                     ((count - 1) * static_cast<double>(x.rows() - x.cols() - 1));
  const VectorXd all = slopes.rowwise().squaredNorm() / (count - 1);
  const double scale =
      (f.array() - f.mean()).square().sum() / static_cast<double>(f.size() - 1) * variance;
  return ((all - own * inverse.diagonal()) / count / scale).cwiseMax(0);
}

}  // namespace

RegressionAnalysis regression_analysis(const MatrixXd& points, const MatrixXd& batches,
                                       bool independent) {
  const VectorXd f = batches.rowwise().mean();
  const Index n = points.rows();
  const Index d = points.cols();
  if (f.size() != n || d < 1 || n < d + 4) {
    throw std::invalid_argument("regression needs four points more than there are parameters");
  }
  RegressionAnalysis result;
  result.src.resize(static_cast<std::size_t>(d));
  result.prcc.resize(static_cast<std::size_t>(d));
  result.r_squared = Estimate{}.value;
  const MatrixXd x = standardised(points);
  const Eigen::ColPivHouseholderQR<MatrixXd> qr(x);
  if (qr.rank() < d) throw std::invalid_argument("the parameters depend on each other linearly");
  if (f.maxCoeff() == f.minCoeff()) return result;

  const VectorXd y = standardised(f);
  const VectorXd beta = qr.solve(y);
  const VectorXd rest = y - x * beta;
  const auto rows = static_cast<double>(n);
  const auto freedom = static_cast<double>(n - d - 1);
  result.r_squared = 1 - rest.squaredNorm() / y.squaredNorm();
  const double t = boost::math::quantile(boost::math::students_t(freedom), 0.975);
  // What each row adds to the coefficients of the outcome itself, leverage taken out (HC3), and to
  // its variance as the sum of the parts explained and the rest, over the design's own parameters.
  const MatrixXd inverse = (x.transpose() * x).inverse();
  const Eigen::ArrayXd leverage = 1 / rows + (x * inverse).cwiseProduct(x).rowwise().sum().array();
  const Eigen::ArrayXd clean = rest.array() / (1 - leverage.min(1 - 1e-9));
  const MatrixXd of_rows = (x * inverse).array().colwise() * clean;
  // Of independent parameters the chance correlations in the sample are none of the variance.
  const VectorXd explained = independent ? beta : VectorXd(x.transpose() * x * beta / (rows - 1));
  const double variance = beta.dot(explained) + rest.squaredNorm() / freedom;
  const Eigen::ArrayXd of_variance =
      (2 * (of_rows * explained).array() +
       (rest.array().square() - rest.squaredNorm() / rows) / (rows - 1)) /
      variance;
  const double resolution = 0.5 / rows;
  const VectorXd shared = shared_noise(x, batches, inverse, f, variance);
  for (Index j = 0; j < d; ++j) {
    const double src = beta(j) / std::sqrt(variance);
    const Eigen::ArrayXd influence =
        of_rows.col(j).array() / std::sqrt(variance) - src / 2 * of_variance;
    const double half = std::max(t * std::sqrt(influence.square().sum() + shared(j)), resolution);
    result.src[static_cast<std::size_t>(j)] = {src, {src - half, src + half}};
  }
  result.prcc = rank_correlations(points, f);
  return result;
}

}  // namespace truce::analysis
