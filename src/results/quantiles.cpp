#include "results/quantiles.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>

namespace truce::results {

namespace {

/// P(X <= k) of a binomial number of n with probability p.
double binomial_cdf(std::int64_t k, std::int64_t n, double p) {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return boost::math::ibetac(static_cast<double>(k + 1), static_cast<double>(n - k), p);
}

/// The smallest k with P(X <= k) > probability.
std::int64_t binomial_quantile(std::int64_t n, double p, double probability) {
  const double mean = static_cast<double>(n) * p;
  const double reach = 6 * std::sqrt(mean * (1 - p)) + 6;  // far beyond 2.5 %
  auto low = std::max(std::int64_t{0}, static_cast<std::int64_t>(mean - reach));
  auto high = std::min(n, static_cast<std::int64_t>(mean + reach));
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    if (binomial_cdf(middle, n, p) > probability) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

QuantileRanks computed(std::uint64_t count) {
  constexpr double tail = 0.025;
  const auto n = static_cast<std::int64_t>(count);
  QuantileRanks ranks;
  for (std::size_t q = 0; q < quantile_count; ++q) {
    const double p = quantile_probabilities()[q];
    // Fewer than `low + 1` values are at or below the quantile with at most 2.5 %.
    ranks.low[q] = binomial_quantile(n, p, tail) - 1;
    // Of those above, by symmetry.
    ranks.high[q] = n - binomial_quantile(n, 1 - p, tail);
  }
  return ranks;
}

}  // namespace

QuantileRanks quantile_interval_ranks(std::uint64_t n) {
  // Most outcomes of most points have as many values as the one before.
  thread_local std::uint64_t last = 0;
  thread_local QuantileRanks ranks = computed(0);
  if (n != last) {
    ranks = computed(n);
    last = n;
  }
  return ranks;
}

}  // namespace truce::results
