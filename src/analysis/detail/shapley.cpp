#include "analysis/detail/shapley.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/detail/bootstrap.hpp"
#include "engine/normal.hpp"

namespace truce::analysis {

namespace {

using Eigen::ArrayXXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd normal_scores(const MatrixXd& x) {
  MatrixXd scores(x.rows(), x.cols());
  for (Index j = 0; j < x.cols(); ++j) {
    scores.col(j) =
        mean_ranks(x.col(j)).unaryExpr([n = static_cast<double>(x.rows())](double rank) {
          return engine::inverse_normal((rank + 0.5) / n);
        });
  }
  return scores;
}

/// What the terms of an expansion are on average where some parameters are known.
class ConditionalTerms {
 public:
  ConditionalTerms(const SparseExpansion& expansion, const MatrixXd& x)
      : expansion_(expansion), scores_(normal_scores(x)), correlations_(copula_correlations(x)) {
    constexpr Index draws = 128;
    Resampler random(bootstrap_seed, 1);
    draws_.resize(x.cols(), draws);
    for (double& z : draws_.reshaped()) {
      constexpr std::size_t steps = std::size_t{1} << 30U;
      z = engine::inverse_normal((static_cast<double>(random.below(steps)) + 0.5) /
                                 static_cast<double>(steps));
    }
    for (Index j = 0; j < x.cols(); ++j) {
      auto& order = order_.emplace_back(static_cast<std::size_t>(x.rows()));
      std::iota(order.begin(), order.end(), Index{0});
      std::ranges::stable_sort(order, {}, [&](Index i) { return x(i, j); });
    }
  }

  /// [row, term], for the terms in `which`.
  [[nodiscard]] MatrixXd given(const std::vector<Index>& known,
                               const std::vector<std::size_t>& which) const {
    const Index n = scores_.rows();
    std::vector<Index> unknown;
    for (Index j = 0; j < scores_.cols(); ++j) {
      if (std::ranges::find(known, j) == known.end()) unknown.push_back(j);
    }
    const MatrixXd between = correlations_(unknown, known);
    MatrixXd slopes = MatrixXd::Zero(between.rows(), between.cols());
    MatrixXd rest = correlations_(unknown, unknown);
    if (!known.empty()) {
      slopes = correlations_(known, known).ldlt().solve(between.transpose()).transpose();
      rest -= slopes * between.transpose();
    }
    const Eigen::SelfAdjointEigenSolver<MatrixXd> roots(rest);
    const MatrixXd noise = roots.eigenvectors() *
                           roots.eigenvalues().cwiseMax(0).cwiseSqrt().asDiagonal() *
                           draws_.topRows(rest.rows());
    MatrixXd result(n, static_cast<Index>(which.size()));
    std::vector<std::vector<Index>> row_of(static_cast<std::size_t>(scores_.cols()));
    for (auto& rows : row_of) rows.resize(static_cast<std::size_t>(draws_.cols()));
    for (Index row = 0; row < n; ++row) {
      const VectorXd mean = slopes * scores_(row, known).transpose();
      for (std::size_t u = 0; u < unknown.size(); ++u) {
        auto& rows = row_of[static_cast<std::size_t>(unknown[u])];
        const auto& order = order_[static_cast<std::size_t>(unknown[u])];
        for (Index m = 0; m < draws_.cols(); ++m) {
          const auto i = static_cast<Index>(u);
          const double p = engine::normal_cdf(mean(i) + noise(i, m));
          const auto rank = static_cast<Index>(p * static_cast<double>(n));
          rows[static_cast<std::size_t>(m)] =
              order[static_cast<std::size_t>(std::clamp<Index>(rank, 0, n - 1))];
        }
      }
      for (const Index j : known) std::ranges::fill(row_of[static_cast<std::size_t>(j)], row);
      for (std::size_t t = 0; t < which.size(); ++t) {
        result(row, static_cast<Index>(t)) = mean_of(expansion_.candidates[which[t]], row_of);
      }
    }
    return result;
  }

 private:
  [[nodiscard]] double mean_of(const Term& term,
                               const std::vector<std::vector<Index>>& row_of) const {
    double sum = 0;
    for (std::size_t m = 0; m < static_cast<std::size_t>(draws_.cols()); ++m) {
      double value = 1;
      for (const auto& [parameter, function] : term) {
        value *= expansion_.bases[parameter].at(row_of[parameter][m], function);
      }
      sum += value;
    }
    return sum / static_cast<double>(draws_.cols());
  }

  const SparseExpansion& expansion_;
  MatrixXd scores_, correlations_;
  MatrixXd draws_;  ///< [parameter, draw] standard normal
  std::vector<std::vector<Index>> order_;
};

/// Twice what is predicted times y, less the square of what is predicted.
void one_step(UnitForm& form, Index row, const Eigen::RowVectorXd& predicted,
              const Eigen::RowVectorXd& y) {
  const double mean = predicted.mean();
  form.with_mean.row(row) = (y * mean + predicted * y.mean() - predicted * mean).array();
  form.with_self.row(row) = 2 * predicted.array() * y.array() - predicted.array().square();
}

}  // namespace

MatrixXd copula_correlations(const MatrixXd& x) {
  MatrixXd scores = normal_scores(x);
  scores.rowwise() -= scores.colwise().mean().eval();
  scores.colwise().normalize();
  return scores.transpose() * scores;
}

bool depend(const MatrixXd& correlations, Index rows) {
  constexpr double errors = 4;
  const MatrixXd others = correlations - MatrixXd(correlations.diagonal().asDiagonal());
  return others.cwiseAbs().maxCoeff() * std::sqrt(static_cast<double>(rows)) > errors;
}

std::vector<UnitForm> shapley_forms(const SparseExpansion& expansion, const MatrixXd& x,
                                    const MatrixXd& y) {
  const ConditionalTerms terms(expansion, x);
  const auto width = static_cast<std::size_t>(x.cols());
  std::vector<UnitForm> result(width, UnitForm(x.rows(), y.cols()));
  std::vector<std::size_t> used;
  for (const Fold& fold : expansion.folds) {
    used.insert(used.end(), fold.terms.begin(), fold.terms.end());
  }
  std::ranges::sort(used);
  used.erase(std::unique(used.begin(), used.end()), used.end());
  const auto place = [&](std::size_t term) {
    return static_cast<Index>(std::ranges::lower_bound(used, term) - used.begin());
  };
  // Share of the orders in which a parameter comes just after `before` others that are given.
  const auto weight = [&](std::size_t before) {
    double orders = static_cast<double>(width);
    for (std::size_t i = 1; i <= before; ++i) {
      orders *= static_cast<double>(width - i) / static_cast<double>(i);
    }
    return 1 / orders;
  };
  for (std::size_t subset = 1; subset < std::size_t{1} << width; ++subset) {
    std::vector<Index> known;
    for (std::size_t j = 0; j < width; ++j) {
      if ((subset >> j & 1U) != 0) known.push_back(static_cast<Index>(j));
    }
    UnitForm form(x.rows(), y.cols());
    if (known.size() == width) {
      form.with_mean = y.array().colwise() * y.array().rowwise().mean();
      form.with_self = y.array().square();
    } else {
      const MatrixXd means = terms.given(known, used);
      for (const Fold& fold : expansion.folds) {
        const std::vector<Index> columns(fold.terms.begin(), fold.terms.end());
        std::vector<Index> places;
        for (const std::size_t term : fold.terms) places.push_back(place(term));
        for (std::size_t i = 0; i < fold.rows.size(); ++i) {
          const Index row = fold.rows[i];
          const Eigen::RowVectorXd constant = y.row(row) - fold.rest.row(static_cast<Index>(i)) -
                                              expansion.values(row, columns) * fold.coefficients;
          one_step(form, row, constant + means(row, places) * fold.coefficients, y.row(row));
        }
      }
    }
    for (std::size_t j = 0; j < width; ++j) {
      const bool in = (subset >> j & 1U) != 0;
      result[j].add(form, in ? weight(known.size() - 1) : -weight(known.size()));
    }
  }
  return result;
}

}  // namespace truce::analysis
