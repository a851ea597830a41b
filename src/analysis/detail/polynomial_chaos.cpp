#include "analysis/detail/polynomial_chaos.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/detail/bootstrap.hpp"

namespace truce::analysis {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr unsigned highest_degree = 24;
constexpr Index fold_count = 8;

/// Adds to `terms` all products that begin with `term` and go on with later parameters.
void extend(const std::vector<ParameterBasis>& bases, const Term& term, double root, double most,
            std::vector<std::pair<double, Term>>& terms) {
  constexpr std::size_t longest = 4;
  const std::size_t from = term.empty() ? 0 : term.back().first + 1;
  for (std::size_t d = from; d < bases.size(); ++d) {
    for (Index f = 0; f < bases[d].at.cols(); ++f) {
      const double next = root + std::sqrt(bases[d].degree[static_cast<std::size_t>(f)]);
      if (next * next > most + 1e-9) break;
      Term longer = term;
      longer.emplace_back(d, f);
      terms.emplace_back(next * next, longer);
      if (longer.size() < longest) extend(bases, longer, next, most, terms);
    }
  }
}

/// Orthogonal matching pursuit on some rows, followed in the others.
class Pursuit {
 public:
  Pursuit(const MatrixXd& candidates, const VectorXd& y, std::vector<Index> kept,
          std::vector<Index> left_out)
      : rows_(std::move(kept)),
        left_out_(std::move(left_out)),
        columns_(candidates(rows_, Eigen::all)),
        tested_(candidates(left_out_, Eigen::all)),
        y_(y(rows_)) {
    const double mean = y_.mean();
    y_.array() -= mean;
    missed_ = y(left_out_).array() - mean;
    errors_.push_back(missed_.squaredNorm());
    const Eigen::RowVectorXd means = columns_.colwise().mean();
    columns_.rowwise() -= means;
    tested_.rowwise() -= means;
    norms_ = columns_.colwise().squaredNorm().transpose().array();
    least_ = 1e-20 * y_.squaredNorm();
    orthogonal_.resize(columns_.rows(), 0);
    followed_.resize(tested_.rows(), 0);
  }

  void run(Index most) {
    most = std::min({most, columns_.rows() / 2, columns_.cols()});
    orthogonal_.resize(columns_.rows(), most);
    followed_.resize(tested_.rows(), most);
    double best = errors_.front();
    std::size_t since = 0;
    while (static_cast<Index>(terms_.size()) < most && y_.squaredNorm() > least_ && since < 12) {
      if (!step()) break;
      since = errors_.back() < 0.999 * best ? 0 : since + 1;
      best = std::min(best, errors_.back());
    }
  }

  /// Squared error in the rows left out with that many terms; with the last number where it
  /// stopped.
  [[nodiscard]] double error(std::size_t size) const {
    return errors_[std::min(size, errors_.size() - 1)];
  }
  [[nodiscard]] std::size_t size() const { return terms_.size(); }

  /// The expansion of the first terms, fitted to batches y [row, batch].
  [[nodiscard]] Fold fold(const MatrixXd& candidates, const MatrixXd& y, std::size_t size) const {
    Fold fold;
    fold.rows = left_out_;
    fold.terms.assign(terms_.begin(),
                      terms_.begin() + static_cast<std::ptrdiff_t>(std::min(size, terms_.size())));
    const std::vector<Index> at(fold.terms.begin(), fold.terms.end());
    MatrixXd a(static_cast<Index>(rows_.size()), static_cast<Index>(at.size()) + 1);
    a << VectorXd::Ones(a.rows()), candidates(rows_, at);
    // The columns are nearly orthogonal: the normal equations lose nothing.
    const MatrixXd solved = (a.transpose() * a).ldlt().solve(a.transpose() * y(rows_, Eigen::all));
    fold.coefficients = solved.bottomRows(solved.rows() - 1);
    fold.rest = y(left_out_, Eigen::all) - candidates(left_out_, at) * fold.coefficients;
    fold.rest.rowwise() -= solved.row(0);
    return fold;
  }

 private:
  bool step() {
    const Eigen::ArrayXd with = (columns_.transpose() * y_).array();
    // What the chosen terms have taken of a candidate no longer counts.
    const Eigen::ArrayXd gain = (norms_ > floor_).select(with.square() / norms_.max(floor_), 0.0);
    Index chosen = 0;
    if (!(gain.maxCoeff(&chosen) > 0)) return false;
    VectorXd q = columns_.col(chosen);
    VectorXd follow = tested_.col(chosen);
    const auto count = static_cast<Index>(terms_.size());
    const auto before = orthogonal_.leftCols(count);
    for (int twice = 0; twice < 2; ++twice) {
      const VectorXd part = before.transpose() * q;
      q -= before * part;
      follow -= followed_.leftCols(count) * part;
    }
    const double norm = q.norm();
    if (!(norm * norm > floor_)) {
      norms_(chosen) = 0;
      return true;
    }
    q /= norm;
    follow /= norm;
    orthogonal_.col(count) = q;
    followed_.col(count) = follow;
    terms_.push_back(static_cast<std::size_t>(chosen));
    norms_ -= (columns_.transpose() * q).array().square();
    norms_(chosen) = 0;
    const double size = q.dot(y_);
    y_ -= size * q;
    missed_ -= size * follow;
    errors_.push_back(missed_.squaredNorm());
    return true;
  }

  static constexpr double floor_ = 1e-6;
  std::vector<Index> rows_, left_out_;
  MatrixXd columns_, tested_;
  VectorXd y_, missed_;
  Eigen::ArrayXd norms_;
  MatrixXd orthogonal_, followed_;
  std::vector<std::size_t> terms_;
  std::vector<double> errors_;
  double least_ = 0;
};

}  // namespace

std::vector<Term> candidate_terms(const std::vector<ParameterBasis>& bases, std::size_t most) {
  std::vector<std::pair<double, Term>> found;
  // High norms of many parameters would be too many to list.
  for (double norm = 4; norm <= highest_degree; norm += 1) {
    found.clear();
    extend(bases, {}, 0, norm, found);
    if (found.size() >= most) break;
  }
  std::ranges::stable_sort(found, {}, [](const auto& term) { return term.first; });
  if (found.size() > most) found.resize(most);
  std::vector<Term> terms;
  for (auto& term : found) terms.push_back(std::move(term.second));
  return terms;
}

MatrixXd term_values(const std::vector<ParameterBasis>& bases, const std::vector<Term>& terms) {
  MatrixXd values(bases.front().at.rows(), static_cast<Index>(terms.size()));
  for (std::size_t t = 0; t < terms.size(); ++t) {
    auto column = values.col(static_cast<Index>(t)).array();
    column.setOnes();
    for (const auto& [parameter, function] : terms[t]) {
      column *= bases[parameter].at.col(function).array();
    }
  }
  return values;
}

SparseExpansion fit_sparse_expansion(const MatrixXd& x, const MatrixXd& unit, const MatrixXd& y) {
  const Index n = x.rows();
  SparseExpansion result;
  const auto degree =
      static_cast<unsigned>(std::clamp<Index>(n / 4, 3, static_cast<Index>(highest_degree)));
  for (Index d = 0; d < x.cols(); ++d) {
    const VectorXd places = unit.cols() == x.cols() ? VectorXd(unit.col(d)) : VectorXd();
    result.bases.push_back(parameter_basis(x.col(d), places, degree));
  }
  const auto most = static_cast<std::size_t>(std::clamp<Index>(2 * n, 100, 1000));
  result.candidates = candidate_terms(result.bases, most);
  result.values = term_values(result.bases, result.candidates);
  const VectorXd mean = y.rowwise().mean();
  const auto order = shuffled_rows(n);
  std::vector<Pursuit> pursuits;
  for (Index f = 0; f < fold_count; ++f) {
    std::vector<Index> kept;
    std::vector<Index> left_out;
    for (Index i = 0; i < n; ++i) {
      (i % fold_count == f ? left_out : kept).push_back(order[static_cast<std::size_t>(i)]);
    }
    pursuits.emplace_back(result.values, mean, std::move(kept), std::move(left_out)).run(150);
  }
  std::size_t longest = 0;
  for (const Pursuit& pursuit : pursuits) longest = std::max(longest, pursuit.size());
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t size = 0; size <= longest; ++size) {
    double error = 0;
    for (const Pursuit& pursuit : pursuits) error += pursuit.error(size);
    if (error < least) {
      least = error;
      result.size = size;
    }
  }
  for (const Pursuit& pursuit : pursuits) {
    result.folds.push_back(pursuit.fold(result.values, y, result.size));
  }
  return result;
}

}  // namespace truce::analysis
