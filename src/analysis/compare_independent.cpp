#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "comparison_parts.hpp"

namespace truce::analysis {

namespace {

/// Of two shares: Newcombe's interval, and the p-value of the pooled score test.
void compare_shares(Comparison& result) {
  const auto n = static_cast<double>(result.count_a);
  const auto m = static_cast<double>(result.count_b);
  const double p = result.mean_a;
  const double q = result.mean_b;
  const auto yes = [](double share, double count) {
    return static_cast<std::uint64_t>(std::llround(share * count));
  };
  const results::Interval of_a = results::wilson_interval(yes(p, n), result.count_a);
  const results::Interval of_b = results::wilson_interval(yes(q, m), result.count_b);
  const double d = p - q;
  result.difference.interval = {d - std::hypot(p - of_a.low, of_b.high - q),
                                d + std::hypot(of_a.high - p, q - of_b.low)};
  const double pooled = (p * n + q * m) / (n + m);
  const double error = std::sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  result.p_value =
      error > 0 ? 2 * cdf(complement(boost::math::normal(), std::abs(d) / error)) : 1.0;
}

/// Of two means, by Welch.
void compare_means(const SampleMoments& a, const SampleMoments& b, Comparison& result) {
  const double of_a = a.variance / static_cast<double>(result.count_a);
  const double of_b = b.variance / static_cast<double>(result.count_b);
  const double error = std::sqrt(of_a + of_b);
  const double d = result.difference.value;
  if (!(error > 0)) {
    result.difference.interval = {d, d};
    result.p_value = d == 0 ? 1 : 0;
    return;
  }
  const double freedom = (of_a + of_b) * (of_a + of_b) /
                         (of_a * of_a / static_cast<double>(result.count_a - 1) +
                          of_b * of_b / static_cast<double>(result.count_b - 1));
  const boost::math::students_t student(freedom);
  const double half = quantile(student, 0.975) * error;
  result.difference.interval = {d - half, d + half};
  result.p_value = 2 * cdf(complement(student, std::abs(d) / error));
}

/// Shares of the other sample, sorted, that are below and above each value.
struct Placements {
  std::vector<double> below;
  std::vector<double> above;
};

Placements placements_of(const std::vector<double>& values, const std::vector<double>& others) {
  const auto m = static_cast<double>(others.size());
  Placements result;
  for (const double x : values) {
    const auto [first, last] = std::equal_range(others.begin(), others.end(), x);
    result.below.push_back(static_cast<double>(first - others.begin()) / m);
    result.above.push_back(static_cast<double>(others.end() - last) / m);
  }
  return result;
}

Estimate share_of(const std::vector<double>& of_a, const std::vector<double>& of_b) {
  const SampleMoments a = moments_of(of_a);
  const SampleMoments b = moments_of(of_b);
  const double half = results::z_95 * std::sqrt(a.variance / static_cast<double>(of_a.size()) +
                                                b.variance / static_cast<double>(of_b.size()));
  return {a.mean, {std::max(0.0, a.mean - half), std::min(1.0, a.mean + half)}};
}

}  // namespace

Comparison compare_independent(std::span<const double> a, std::span<const double> b,
                               ValueKind kind) {
  Comparison result{.pairing = Pairing::independent};
  std::vector<double> x = present(a);
  std::vector<double> y = present(b);
  result.count_a = x.size();
  result.count_b = y.size();
  if (x.size() < 2 || y.size() < 2) return result;
  const SampleMoments of_a = moments_of(x);
  const SampleMoments of_b = moments_of(y);
  result.mean_a = of_a.mean;
  result.mean_b = of_b.mean;
  result.difference.value = of_a.mean - of_b.mean;
  if (kind == ValueKind::yes_or_no) {
    compare_shares(result);
  } else {
    compare_means(of_a, of_b, result);
    set_quantiles(x, y, result);
  }
  std::ranges::sort(x);
  std::ranges::sort(y);
  const Placements in_b = placements_of(x, y);
  const Placements in_a = placements_of(y, x);
  result.larger = share_of(in_b.below, in_a.above);
  result.smaller = share_of(in_b.above, in_a.below);
  set_dominance(x, y, result);
  return result;
}

}  // namespace truce::analysis
