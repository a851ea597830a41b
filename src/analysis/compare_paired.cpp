#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <stdexcept>

#include "comparison_parts.hpp"

namespace truce::analysis {

namespace {

/// Exact two-sided test of McNemar from the discordant pairs.
double mcnemar(std::uint64_t larger, std::uint64_t smaller) {
  const std::uint64_t n = larger + smaller;
  if (n == 0) return 1;
  const boost::math::binomial coin(static_cast<double>(n), 0.5);
  return std::min(1.0, 2 * cdf(coin, static_cast<double>(std::min(larger, smaller))));
}

}  // namespace

Comparison compare_paired(std::span<const double> a, std::span<const double> b, ValueKind kind) {
  if (a.size() != b.size()) throw std::invalid_argument("pairs need columns of one length");
  Comparison result;
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> difference;
  std::uint64_t larger = 0;
  std::uint64_t smaller = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    result.only_a += !std::isnan(a[i]) && std::isnan(b[i]);
    result.only_b += std::isnan(a[i]) && !std::isnan(b[i]);
    if (std::isnan(a[i]) || std::isnan(b[i])) continue;
    x.push_back(a[i]);
    y.push_back(b[i]);
    difference.push_back(a[i] - b[i]);
    larger += a[i] > b[i];
    smaller += a[i] < b[i];
  }
  const std::uint64_t n = x.size();
  result.count_a = result.count_b = n;
  if (n == 0) return result;
  const SampleMoments of_a = moments_of(x);
  const SampleMoments of_b = moments_of(y);
  const SampleMoments of_difference = moments_of(difference);
  result.mean_a = of_a.mean;
  result.mean_b = of_b.mean;
  result.difference.value = of_difference.mean;
  result.larger = {static_cast<double>(larger) / static_cast<double>(n),
                   results::wilson_interval(larger, n)};
  result.smaller = {static_cast<double>(smaller) / static_cast<double>(n),
                    results::wilson_interval(smaller, n)};
  if (n > 1) {
    const boost::math::students_t student(static_cast<double>(n - 1));
    const double error = std::sqrt(of_difference.variance / static_cast<double>(n));
    const double half = quantile(student, 0.975) * error;
    result.difference.interval = {of_difference.mean - half, of_difference.mean + half};
    result.variance_reduction = (of_a.variance + of_b.variance) / of_difference.variance;
    if (kind == ValueKind::yes_or_no) {
      result.p_value = mcnemar(larger, smaller);
    } else if (error > 0) {
      result.p_value = 2 * cdf(complement(student, std::abs(of_difference.mean) / error));
    } else {
      result.p_value = of_difference.mean == 0 ? 1 : 0;
    }
  }
  if (kind == ValueKind::numbers) set_quantiles(x, y, result);
  std::ranges::sort(x);
  std::ranges::sort(y);
  set_dominance(x, y, result);
  return result;
}

}  // namespace truce::analysis
