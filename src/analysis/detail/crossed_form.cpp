#include "analysis/detail/crossed_form.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace truce::analysis {

namespace {

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;

/// The form with each batch left out in turn.
ArrayXd without_batch(const UnitForm& form) {
  const auto batches = static_cast<double>(form.with_mean.cols());
  const ArrayXd with_mean = form.with_mean.colwise().sum().transpose();
  const ArrayXd with_self = form.with_self.colwise().sum().transpose();
  const double pairs = batches * with_mean.sum() - with_self.sum();
  return (pairs - 2 * (batches * with_mean - with_self)) / ((batches - 1) * (batches - 2));
}

double jackknife(const ArrayXd& left_out) {
  const auto n = static_cast<double>(left_out.size());
  return (n - 1) / n * (left_out - left_out.mean()).square().sum();
}

double between_units(const ArrayXd& numerator, const ArrayXd& denominator,
                     const std::vector<std::size_t>& strata) {
  const double n = numerator.sum();
  const double d = denominator.sum();
  if (strata.empty()) return jackknife((n - numerator) / (d - denominator));
  const std::size_t groups = *std::ranges::max_element(strata) + 1;
  const ArrayXd influence = (numerator - n / d * denominator) / d;
  std::vector<double> sum(groups, 0.0);
  std::vector<double> count(groups, 0.0);
  for (std::size_t i = 0; i < strata.size(); ++i) {
    sum[strata[i]] += influence(static_cast<Index>(i));
    count[strata[i]] += 1;
  }
  double squares = 0;
  for (std::size_t i = 0; i < strata.size(); ++i) {
    const double own = influence(static_cast<Index>(i)) - sum[strata[i]] / count[strata[i]];
    squares += own * own;
  }
  const auto units = static_cast<double>(strata.size());
  return squares * units / (units - static_cast<double>(groups));
}

/// With the interval of Student's t.
Estimate student(double value, const CrossedError& error) {
  const double variance = error.variance();
  if (!(variance > 0)) return {value, {value, value}};
  const double freedom = std::clamp(error.freedom, 1.0, 1e6);
  const double half =
      boost::math::quantile(boost::math::students_t(freedom), 0.975) * std::sqrt(variance);
  return {value, {value - half, value + half}};
}

}  // namespace

ArrayXd noise_free_units(const UnitForm& form) {
  const auto batches = static_cast<double>(form.with_mean.cols());
  const ArrayXd all = form.with_mean.rowwise().sum();
  if (form.with_mean.cols() < fewest_batches) return all / batches;
  return (batches * all - form.with_self.rowwise().sum()) / (batches * (batches - 1));
}

double noise_free(const UnitForm& form) {
  return noise_free_units(form).sum();
}

double CrossedError::variance() const {
  return std::max({units, batches, units + batches - interaction});
}

CrossedRatio crossed_ratio(const UnitForm& numerator, const UnitForm& denominator,
                           const std::vector<std::size_t>& strata) {
  const ArrayXd above = noise_free_units(numerator);
  const ArrayXd below = noise_free_units(denominator);
  CrossedRatio result;
  const double d = below.sum();
  if (!(d > 0)) return result;
  const double ratio = above.sum() / d;
  CrossedError& error = result.error;
  error.units = between_units(above, below, strata);
  const auto units = static_cast<double>(above.size());
  const Index batch_count = numerator.with_mean.cols();
  double shares = error.units * error.units / (units - 1);
  if (batch_count >= fewest_batches) {
    const auto batches = static_cast<double>(batch_count);
    error.batches = jackknife(without_batch(numerator) / without_batch(denominator));
    ArrayXXd cells = 2 * (numerator.with_mean - ratio * denominator.with_mean) / d;
    cells.colwise() -= cells.rowwise().mean().eval();
    cells.rowwise() -= cells.colwise().mean().eval();
    error.interaction = units * cells.square().sum() / ((units - 1) * (batches - 1)) / batches;
    shares += error.batches * error.batches / (batches - 1);
  }
  error.freedom = error.variance() * error.variance() / shares;
  result.estimate = student(ratio, error);
  return result;
}

Estimate crossed_mean(const ArrayXXd& cells) {
  const auto units = static_cast<double>(cells.rows());
  const auto batches = static_cast<double>(cells.cols());
  const ArrayXd of_units = cells.rowwise().mean();
  const double mean = of_units.mean();
  CrossedError error;
  error.units = jackknife(of_units);
  // The mean without a unit is (sum - unit) / (n - 1): the jackknife of means is that of the units.
  error.units /= (units - 1) * (units - 1);
  double shares = error.units * error.units / (units - 1);
  if (cells.cols() >= fewest_batches) {
    const ArrayXd of_batches = cells.colwise().mean().transpose();
    error.batches = jackknife(of_batches) / ((batches - 1) * (batches - 1));
    const ArrayXXd rest = (cells.colwise() - of_units).rowwise() - (of_batches - mean).transpose();
    error.interaction = rest.square().sum() / ((units - 1) * (batches - 1)) / (units * batches);
    shares += error.batches * error.batches / (batches - 1);
  }
  error.freedom = error.variance() * error.variance() / shares;
  return student(mean, error);
}

}  // namespace truce::analysis
