#include "analysis/emulator.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include "analysis/detail/crossed_form.hpp"
#include "analysis/detail/polynomial_chaos.hpp"
#include "analysis/detail/shapley.hpp"

namespace truce::analysis {

namespace {

using Eigen::ArrayXXd;
using Eigen::Index;
using Eigen::MatrixXd;
using Parameters = std::vector<bool>;  ///< [parameter]

/// The forms of an expansion, by point.
class Forms {
 public:
  Forms(const SparseExpansion& expansion, Index points, Index batches)
      : expansion_(expansion), points_(points), batches_(batches) {
    strata_.resize(static_cast<std::size_t>(points));
    for (std::size_t f = 0; f < expansion.folds.size(); ++f) {
      for (const Index row : expansion.folds[f].rows) strata_[static_cast<std::size_t>(row)] = f;
    }
  }

  [[nodiscard]] const std::vector<std::size_t>& strata() const { return strata_; }

  /// Variance of what these parameters do by themselves and with each other.
  [[nodiscard]] UnitForm closed(const Parameters& of) const {
    return form([&](const Term& term) {
      return std::ranges::all_of(term, [&](const auto& part) { return of[part.first]; });
    });
  }
  /// Square of what the expansion misses.
  [[nodiscard]] UnitForm missed() const {
    UnitForm result(points_, batches_);
    for (const Fold& fold : expansion_.folds) {
      const Eigen::VectorXd mean = fold.rest.rowwise().mean();
      put(result, fold, fold.rest.array().colwise() * mean.array(), fold.rest.array().square());
    }
    return result;
  }
  /// The whole variance.
  [[nodiscard]] UnitForm variance() const {
    UnitForm result = form([](const Term&) { return true; });
    result.add(missed(), 1);
    return result;
  }

 private:
  void put(UnitForm& into, const Fold& fold, const ArrayXXd& with_mean,
           const ArrayXXd& with_self) const {
    for (std::size_t i = 0; i < fold.rows.size(); ++i) {
      into.with_mean.row(fold.rows[i]) = with_mean.row(static_cast<Index>(i));
      into.with_self.row(fold.rows[i]) = with_self.row(static_cast<Index>(i));
    }
  }

  [[nodiscard]] UnitForm form(const std::function<bool(const Term&)>& counts) const {
    UnitForm result(points_, batches_);
    for (const Fold& fold : expansion_.folds) {
      std::vector<Index> chosen;      // in the fold's coefficients
      std::vector<Index> candidates;  // the same in the expansion
      for (std::size_t t = 0; t < fold.terms.size(); ++t) {
        if (!counts(expansion_.candidates[fold.terms[t]])) continue;
        chosen.push_back(static_cast<Index>(t));
        candidates.push_back(static_cast<Index>(fold.terms[t]));
      }
      const MatrixXd c = fold.coefficients(chosen, Eigen::all);
      const MatrixXd part = expansion_.values(fold.rows, candidates) * c;  // [row, batch]
      const Eigen::VectorXd c_mean = c.rowwise().mean();
      const Eigen::ArrayXd part_mean = part.rowwise().mean().array();
      const Eigen::ArrayXd rest_mean = fold.rest.rowwise().mean().array();
      ArrayXXd with_mean =
          fold.rest.array().colwise() * part_mean + part.array().colwise() * rest_mean;
      ArrayXXd with_self = 2 * fold.rest.array() * part.array();
      with_mean.rowwise() += (c.transpose() * c_mean).transpose().array();
      with_self.rowwise() += c.colwise().squaredNorm().array();
      put(result, fold, with_mean, with_self);
    }
    return result;
  }

  const SparseExpansion& expansion_;
  Index points_, batches_;
  std::vector<std::size_t> strata_;
};

UnitForm squares(const MatrixXd& y) {
  UnitForm result(y.rows(), y.cols());
  result.with_mean = y.array().colwise() * y.array().rowwise().mean();
  result.with_self = y.array().square();
  return result;
}

/// The interval is wider by a factor, reaches over what the emulator misses, and is no narrower
/// than the resolution of the sample, whose values are taken for the parameters' distributions.
Estimate widened(Estimate estimate, double missed, double factor, double resolution) {
  const double half =
      std::max(factor * (estimate.interval.high - estimate.value), resolution) + missed;
  return {estimate.value, {estimate.value - half, estimate.value + half}};
}

}  // namespace

EmulatorAnalysis emulator_analysis(const MatrixXd& x, const MatrixXd& unit, const MatrixXd& batches,
                                   const std::vector<std::vector<std::size_t>>& groups) {
  constexpr Index fewest = 20;
  const Index n = x.rows();
  const auto width = static_cast<std::size_t>(x.cols());
  if (batches.rows() != n || n < fewest || width < 1) {
    throw std::invalid_argument("an emulator needs 20 points or more");
  }
  MatrixXd y = batches.rowwise() - batches.colwise().mean();
  EmulatorAnalysis result;
  result.quality = Estimate{}.value;
  const double scale = std::sqrt(y.rowwise().mean().squaredNorm() / static_cast<double>(n));
  if (!(scale > 0)) return result;
  y /= scale;
  const SparseExpansion expansion = fit_sparse_expansion(x, unit, y);
  result.terms = expansion.size;
  const Forms forms(expansion, n, y.cols());
  result.depend = unit.size() == 0 && depend(copula_correlations(x), n);
  // Terms of parameters that depend on each other are not orthogonal.
  const UnitForm variance = result.depend ? squares(y) : forms.variance();
  const auto points = static_cast<double>(n);
  const double true_variance = noise_free(variance) / points;
  result.noise = std::clamp(1 - true_variance, 0.0, 1.0);
  if (!(true_variance > 0)) return result;
  const Estimate miss = crossed_ratio(forms.missed(), variance, forms.strata()).estimate;
  const double missed = std::max(0.0, miss.value);
  result.quality = 1 - missed;
  result.quality_low = 1 - std::max(0.0, miss.interval.high);
  if (!result.sound()) return result;

  // The more terms, the less the points left out of a fit say of how it would do in others. A term
  // costs a degree of freedom for its coefficient, one for that of the folds, and one for having
  // been chosen among others.
  const double factor =
      std::sqrt(points / std::max(points / 4, points - 3 * static_cast<double>(expansion.size)));
  const auto ratio = [&](const UnitForm& form) {
    return widened(crossed_ratio(form, variance, forms.strata()).estimate, missed, factor,
                   0.5 / points);
  };
  const auto indices_of = [&](const Parameters& of) {
    Parameters others = of;
    others.flip();
    UnitForm total = variance;
    total.add(forms.closed(others), -1);
    return GroupIndices{ratio(forms.closed(of)), ratio(total)};
  };
  const auto only = [&](const std::vector<std::size_t>& which) {
    Parameters of(width, false);
    for (const std::size_t d : which) of[d] = true;
    return of;
  };
  if (result.depend) {
    if (x.cols() > most_of_shapley) return result;
    for (const UnitForm& form : shapley_forms(expansion, x, y)) {
      result.shapley.push_back(ratio(form));
    }
    return result;
  }
  for (std::size_t d = 0; d < width; ++d) result.parameters.push_back(indices_of(only({d})));
  for (const auto& group : groups) result.groups.push_back(indices_of(only(group)));
  for (std::size_t a = 0; a < width; ++a) {
    for (std::size_t b = a + 1; b < width; ++b) {
      UnitForm both = forms.closed(only({a, b}));
      both.add(forms.closed(only({a})), -1);
      both.add(forms.closed(only({b})), -1);
      result.pairs.push_back({a, b, ratio(both)});
    }
  }
  return result;
}

}  // namespace truce::analysis
