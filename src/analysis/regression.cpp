#include "truce/analysis/regression.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace truce::analysis {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

VectorXd ranks_of(const VectorXd& values) {
  std::vector<Index> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::ranges::sort(order, {}, [&](Index i) { return values(i); });
  VectorXd ranks(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && values(order[end]) == values(order[first])) ++end;
    const double rank = (static_cast<double>(first + end) - 1) / 2;
    for (; first < end; ++first) ranks(order[first]) = rank;
  }
  return ranks;
}

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

}  // namespace

RegressionAnalysis regression_analysis(const MatrixXd& points, const VectorXd& f) {
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
  const auto freedom = static_cast<double>(n - d - 1);
  const double residual = (y - x * beta).squaredNorm();
  result.r_squared = 1 - residual / y.squaredNorm();
  const MatrixXd inverse = (x.transpose() * x).inverse();
  const double t = boost::math::quantile(boost::math::students_t(freedom), 0.975);
  for (Index j = 0; j < d; ++j) {
    const double half = t * std::sqrt(residual / freedom * inverse(j, j));
    result.src[static_cast<std::size_t>(j)] = {beta(j), {beta(j) - half, beta(j) + half}};
  }

  MatrixXd ranks(n, d + 1);
  for (Index j = 0; j < d; ++j) ranks.col(j) = ranks_of(points.col(j));
  ranks.col(d) = ranks_of(f);
  const MatrixXd z = standardised(ranks);
  const MatrixXd precision = (z.transpose() * z / static_cast<double>(n - 1)).inverse();
  const double error = 1 / std::sqrt(static_cast<double>(n - d + 1) - 3);
  for (Index j = 0; j < d; ++j) {
    const double r =
        std::clamp(-precision(j, d) / std::sqrt(precision(j, j) * precision(d, d)), -1.0, 1.0);
    const double fisher = std::atanh(r);
    result.prcc[static_cast<std::size_t>(j)] = {
        r, {std::tanh(fisher - results::z_95 * error), std::tanh(fisher + results::z_95 * error)}};
  }
  return result;
}

}  // namespace truce::analysis
