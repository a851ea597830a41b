#include "analysis/detail/parameter_basis.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace truce::analysis {

namespace {

using Eigen::ArrayXd;
using Eigen::Index;
using Eigen::VectorXd;

std::vector<Index> order_of(const VectorXd& values) {
  std::vector<Index> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::ranges::stable_sort(order, {}, [&](Index i) { return values(i); });
  return order;
}

/// `y` with the mean over rows of equal `x`.
VectorXd mean_over_ties(const VectorXd& x, const VectorXd& y) {
  const auto order = order_of(x);
  VectorXd result(x.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first;
    double sum = 0;
    while (end < order.size() && x(order[end]) == x(order[first])) sum += y(order[end++]);
    const double mean = sum / static_cast<double>(end - first);
    for (; first < end; ++first) result(order[first]) = mean;
  }
  return result;
}

/// On -1 to 1.
VectorXd scaled(const VectorXd& x) {
  const double low = x.minCoeff();
  const double high = x.maxCoeff();
  return (2 * (x.array() - low) / (high - low) - 1).matrix();
}

}  // namespace

VectorXd mean_ranks(const VectorXd& values) {
  const auto order = order_of(values);
  VectorXd place(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) place(order[i]) = static_cast<double>(i);
  return mean_over_ties(values, place);
}

ParameterBasis parameter_basis(const VectorXd& x, const VectorXd& unit, unsigned most) {
  constexpr double widest = 8;       // ranges in standard deviations: uniform 3.5, normal 6 to 8
  constexpr double new_part = 1e-3;  // of a function's variance: less than this is rounding
  const auto n = static_cast<double>(x.size());
  ParameterBasis basis;
  basis.at.resize(x.size(), 0);
  if (!(x.minCoeff() < x.maxCoeff())) return basis;
  const double sd = std::sqrt((x.array() - x.mean()).square().mean());
  const bool skewed = x.maxCoeff() - x.minCoeff() > widest * sd;
  basis.at.resize(x.size(), most + 1);
  Index count = 0;
  const auto add = [&](VectorXd column, unsigned degree) {
    column.array() -= column.mean();
    const double before = column.squaredNorm();
    if (!(before > 0)) return;
    for (int twice = 0; twice < 2; ++twice) {
      for (Index j = 0; j < count; ++j) {
        column -= basis.at.col(j).dot(column) / n * basis.at.col(j);
      }
    }
    const double after = column.squaredNorm();
    if (after < new_part * new_part * before) return;
    basis.at.col(count++) = column * std::sqrt(n / after);
    basis.degree.push_back(degree);
  };
  if (skewed) add(x, 1);
  const VectorXd t =
      scaled(skewed ? mean_over_ties(x, unit.size() == x.size() ? unit : mean_ranks(x)) : x);
  ArrayXd before = ArrayXd::Ones(x.size());
  ArrayXd now = t.array();
  for (unsigned k = 1; k <= most; ++k) {
    add(now.matrix(), k);
    const ArrayXd next = ((2 * k + 1) * t.array() * now - k * before) / (k + 1);
    before = now;
    now = next;
  }
  basis.at.conservativeResize(Eigen::NoChange, count);
  return basis;
}

}  // namespace truce::analysis
