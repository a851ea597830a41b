#include "analysis/sobol.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "analysis/detail/crossed_form.hpp"

namespace truce::analysis {

namespace {

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;

/// The form sum of x times y over the rows of each unit, for x and y [row, batch].
class Products {
 public:
  Products(Index base, Index units, Index batches)
      : base_(base), units_(units), batches_(batches) {}

  [[nodiscard]] UnitForm operator()(const ArrayXXd& x, const ArrayXXd& y) const {
    UnitForm form(units_, batches_);
    const ArrayXd x_mean = x.rowwise().mean();
    const ArrayXd y_mean = y.rowwise().mean();
    const ArrayXXd with_mean = (x.colwise() * y_mean + y.colwise() * x_mean) / 2;
    const ArrayXXd with_self = x * y;
    for (Index row = 0; row < base_; ++row) {
      const Index unit = row * units_ / base_;
      form.with_mean.row(unit) += with_mean.row(row);
      form.with_self.row(unit) += with_self.row(row);
    }
    return form;
  }

 private:
  Index base_, units_, batches_;
};

/// Per unit: the ratio of the forms of all others, within 0 and 1.
ArrayXd share_in_others(const UnitForm& above, const UnitForm& below) {
  const ArrayXd x = noise_free(above) - noise_free_units(above);
  const ArrayXd y = noise_free(below) - noise_free_units(below);
  return (y > 0).select(x / y, 0.0).max(0.0).min(1.0);
}

/// Takes the share of `control`, which is 0 on average, off the form of each unit that the other
/// units show: what a unit shows itself goes with its own control, and would bias it.
void take_off(UnitForm& form, const UnitForm& control, const ArrayXd& share) {
  form.with_mean -= control.with_mean.colwise() * share;
  form.with_self -= control.with_self.colwise() * share;
}

/// The interval of a correlation on the scale of Fisher's z (Metron 1, 1921), on which its errors
/// are about symmetric and do not depend on its size: near 1 they are skewed. Where they reach far
/// beyond 1 they are noise, and stay as they are.
Estimate on_fisher_scale(const Estimate& correlation) {
  const double half = correlation.interval.high - correlation.value;
  if (!(half < 2 * (1 - std::abs(correlation.value)))) return correlation;
  const double z = std::atanh(correlation.value);
  const double width = half / (1 - correlation.value * correlation.value);
  return {correlation.value, {std::tanh(z - width), std::tanh(z + width)}};
}

Estimate one_less(const Estimate& e) {
  return {1 - e.value, {1 - e.interval.high, 1 - e.interval.low}};
}

}  // namespace

SobolAnalysis sobol_analysis(const Eigen::MatrixXd& batches, Index base, Index replicates) {
  if (base < 2 || batches.rows() % base != 0 || batches.rows() < 3 * base || replicates < 1 ||
      base % replicates != 0) {
    throw std::invalid_argument("Sobol indices need samples A, B and AB of two rows or more each");
  }
  const Index width = batches.rows() / base - 2;
  const Index units = replicates > 1 ? replicates : base;
  SobolAnalysis result;
  const Eigen::RowVectorXd mean = batches.topRows(2 * base).colwise().mean();
  result.mean = mean.mean();
  const ArrayXXd y = (batches.rowwise() - mean).array();
  const ArrayXXd a = y.topRows(base);
  const ArrayXXd b = y.middleRows(base, base);
  const Products products(base, units, batches.cols());
  const auto rows = static_cast<double>(2 * base);
  UnitForm variance(units, batches.cols());
  // Times 2: as the sum over rows of one sample, with one degree of freedom for the mean.
  variance.add(products(a, a), rows / (rows - 1) / 2);
  variance.add(products(b, b), rows / (rows - 1) / 2);
  result.variance = noise_free(variance) / static_cast<double>(base);
  const double with_noise = variance.with_mean.rowwise().mean().sum() / static_cast<double>(base);
  result.noise = with_noise > 0 ? std::clamp(1 - result.variance / with_noise, 0.0, 1.0) : 0;
  if (!(result.variance > 1e-24 * mean.squaredNorm())) {
    result.parameters.resize(static_cast<std::size_t>(width));
    return result;
  }
  const UnitForm independent = products(a, b);
  double of_trials = 0;
  double errors = 0;
  for (Index d = 0; d < width; ++d) {
    const ArrayXXd ab = y.middleRows((d + 2) * base, base);
    const UnitForm with_a = products(a, ab);
    const UnitForm with_b = products(b, ab);
    const UnitForm square = products(ab, ab);
    UnitForm of_a(units, batches.cols());
    of_a.add(products(a, a), 0.5);
    of_a.add(square, 0.5);
    UnitForm of_b(units, batches.cols());
    of_b.add(products(b, b), 0.5);
    of_b.add(square, 0.5);
    // Products of A and B have mean 0: as much of them is taken off as A or B has in common with
    // AB, for which each order needs the other.
    UnitForm first = with_b;
    take_off(first, independent, share_in_others(with_a, of_a));
    UnitForm others = with_a;
    take_off(others, independent, share_in_others(first, of_b));
    const CrossedRatio of_first = crossed_ratio(first, of_b);
    const CrossedRatio of_total = crossed_ratio(others, of_a);
    result.parameters.push_back(
        {on_fisher_scale(of_first.estimate), one_less(on_fisher_scale(of_total.estimate))});
    of_trials += std::min(of_total.error.batches, of_total.error.variance());
    errors += of_total.error.variance();
  }
  result.error_of_trials = errors > 0 ? of_trials / errors : 0;
  return result;
}

}  // namespace truce::analysis
