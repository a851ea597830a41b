#include "truce/analysis/sobol.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "crossed_form.hpp"

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

/// Errors of a ratio from few replicates are skewed: Student's interval would hold 91 to 95 %.
Estimate allowing_for_skewness(const Estimate& ratio) {
  constexpr double wider = 1.15;
  const double half = wider * (ratio.interval.high - ratio.value);
  return {ratio.value, {ratio.value - half, ratio.value + half}};
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
    // Products of A and B have mean 0: as much of them is taken off as A or B has in common with
    // AB.
    const double all = noise_free(variance);
    const auto ratio = [&](const UnitForm& product, const UnitForm& own, double control) {
      UnitForm above = product;
      above.add(independent, -std::clamp(control, 0.0, 1.0));
      UnitForm below(units, batches.cols());
      below.add(own, 0.5);
      below.add(square, 0.5);
      return std::pair(above, below);
    };
    const auto [first, of_b] = ratio(with_b, products(b, b), noise_free(with_a) / all);
    const auto [others, of_a] = ratio(with_a, products(a, a), noise_free(with_b) / all);
    UnitForm total = of_a;
    total.add(others, -1);
    const CrossedRatio of_total = crossed_ratio(total, of_a);
    result.parameters.push_back({allowing_for_skewness(crossed_ratio(first, of_b).estimate),
                                 allowing_for_skewness(of_total.estimate)});
    of_trials += std::min(of_total.error.batches, of_total.error.variance());
    errors += of_total.error.variance();
  }
  result.error_of_trials = errors > 0 ? of_trials / errors : 0;
  return result;
}

}  // namespace truce::analysis
