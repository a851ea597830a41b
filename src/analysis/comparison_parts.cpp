#include "comparison_parts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "bootstrap.hpp"

namespace truce::analysis {

namespace {

constexpr std::array probabilities = {0.05, 0.25, 0.5, 0.75, 0.95};

/// Smallest value with at least that share of the sample at or below it; reorders the values.
double quantile_of(std::vector<double>& values, double p) {
  const auto n = static_cast<double>(values.size());
  const auto rank = static_cast<std::size_t>(std::max(1.0, std::ceil(p * n - 1e-9))) - 1;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

void gather(std::span<const double> from, const std::vector<std::size_t>& rows,
            std::vector<double>& into) {
  into.resize(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) into[i] = from[rows[i]];
}

}  // namespace

SampleMoments moments_of(std::span<const double> values) {
  const auto n = static_cast<double>(values.size());
  double sum = 0;
  for (const double x : values) sum += x;
  const double mean = sum / n;
  double squares = 0;
  for (const double x : values) squares += (x - mean) * (x - mean);
  return {mean, squares / (n - 1)};
}

std::vector<double> present(std::span<const double> values) {
  std::vector<double> result;
  for (const double x : values) {
    if (!std::isnan(x)) result.push_back(x);
  }
  return result;
}

void set_dominance(const std::vector<double>& a, const std::vector<double>& b, Comparison& into) {
  const auto n = static_cast<double>(a.size());
  const auto m = static_cast<double>(b.size());
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    const double x = j == b.size() || (i < a.size() && a[i] <= b[j]) ? a[i] : b[j];
    while (i < a.size() && a[i] <= x) ++i;
    while (j < b.size() && b[j] <= x) ++j;
    const double above = static_cast<double>(j) / m - static_cast<double>(i) / n;
    into.most_above = std::max(into.most_above, above);
    into.most_below = std::max(into.most_below, -above);
  }
  constexpr double rounding = 1e-12;
  const bool above = into.most_above > rounding;
  const bool below = into.most_below > rounding;
  if (above && below) {
    into.dominance = Dominance::none;
  } else if (above || below) {
    into.dominance = above ? Dominance::a_is_larger : Dominance::b_is_larger;
  } else {
    into.dominance = Dominance::equal;
  }
}

void set_quantiles(std::span<const double> a, std::span<const double> b, Comparison& into) {
  constexpr std::size_t replicates = 200;
  std::vector<double> x(a.begin(), a.end());
  std::vector<double> y(b.begin(), b.end());
  for (const double p : probabilities) {
    const double of_a = quantile_of(x, p);
    const double of_b = quantile_of(y, p);
    into.quantiles.push_back({p, of_a, of_b, {of_a - of_b, {}}});
  }
  std::vector<std::vector<double>> differences(probabilities.size());
  std::vector<std::size_t> rows(a.size());
  std::vector<std::size_t> rows_b(b.size());
  for (std::size_t r = 0; r < replicates; ++r) {
    Resampler resampler(bootstrap_seed, r);
    resampler.rows(rows);
    // Pairs stay pairs; independent samples are drawn independently.
    if (into.pairing == Pairing::independent) resampler.rows(rows_b);
    gather(a, rows, x);
    gather(b, into.pairing == Pairing::paired ? rows : rows_b, y);
    for (std::size_t q = 0; q < probabilities.size(); ++q) {
      differences[q].push_back(quantile_of(x, probabilities[q]) - quantile_of(y, probabilities[q]));
    }
  }
  for (std::size_t q = 0; q < probabilities.size(); ++q) {
    into.quantiles[q].difference.interval = percentile_interval(std::move(differences[q]));
  }
}

}  // namespace truce::analysis
