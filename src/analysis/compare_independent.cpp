#include <algorithm>
#include <cmath>

#include "analysis/detail/comparison_parts.hpp"

namespace truce::analysis {

namespace {

/// Of two shares, from Wilson's intervals of both: Newcombe's.
Difference independent_shares(double p, double n, double q, double m) {
  const double d = p - q;
  return {d, std::numeric_limits<double>::infinity(), [=](double z) {
            const results::Interval of_a = results::wilson_interval_of(p * n, n, z);
            const results::Interval of_b = results::wilson_interval_of(q * m, m, z);
            const auto joined = [](double x, double y) { return std::sqrt(x * x + y * y); };
            return results::Interval{d - joined(p - of_a.low, of_b.high - q),
                                     d + joined(of_a.high - p, q - of_b.low)};
          }};
}

/// Of two means, with Welch's degrees of freedom. A sample that does not vary may have missed what
/// the other has.
Difference independent_means(const results::SampleShape& a, const results::SampleShape& b,
                             double range) {
  const double of_a = a.sd * a.sd / a.count;
  const double of_b = b.sd * b.sd / b.count;
  const double both = of_a + of_b;
  const double freedom =
      both > 0 ? both * both / (of_a * of_a / (a.count - 1) + of_b * of_b / (b.count - 1))
               : a.count + b.count - 2;
  return of_means({a, b, 0, range, range}, freedom);
}

std::vector<double> scores_of(const std::vector<TrialValue>& a, const std::vector<TrialValue>& b,
                              const std::vector<double>& thresholds) {
  const auto above = [](const std::vector<TrialValue>& sorted, double x) {
    return static_cast<double>(sorted.end() -
                               std::ranges::upper_bound(sorted, x, {}, &TrialValue::value));
  };
  const auto n = static_cast<double>(a.size());
  const auto m = static_cast<double>(b.size());
  std::vector<double> scores;
  for (const double x : thresholds) {
    const double pooled = (above(a, x) + above(b, x)) / (n + m);
    const double error = std::sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
    scores.push_back(error > 0 ? (above(a, x) / n - above(b, x) / m) / error : 0);
  }
  return scores;
}

std::vector<TrialValue> present(std::span<const double> values) {
  std::vector<TrialValue> result;
  for (const double x : values) {
    if (!std::isnan(x)) result.push_back({x, static_cast<std::uint32_t>(result.size())});
  }
  return result;
}

std::vector<double> numbers_of(const std::vector<TrialValue>& values) {
  std::vector<double> result;
  for (const TrialValue& v : values) result.push_back(v.value);
  return result;
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

/// Wilson's for the number of independent trials that say as much as all pairs do, by the
/// placements' variance. It is at most what two samples of one continuous law say at a half, and
/// where nothing varies that of the smaller sample: a pair that was not seen may come from one
/// trial of it.
Estimate share_of(const std::vector<double>& of_a, const std::vector<double>& of_b) {
  const results::SampleShape a = shape_of(of_a);
  const results::SampleShape b = shape_of(of_b);
  const double p = a.mean;
  const double variance = a.sd * a.sd / a.count + b.sd * b.sd / b.count;
  const double most = 3 * a.count * b.count / (a.count + b.count);
  const double n =
      variance > 0 ? std::clamp(p * (1 - p) / variance, 1.0, most) : std::min(a.count, b.count);
  return {p, results::wilson_interval_of(p * n, n)};
}

}  // namespace

Comparison compare_independent(std::span<const double> a, std::span<const double> b,
                               ValueKind kind) {
  Comparison result;
  result.pairing = Pairing::independent;
  std::vector<TrialValue> x = present(a);
  std::vector<TrialValue> y = present(b);
  result.count_a = x.size();
  result.count_b = y.size();
  if (x.size() < 2 || y.size() < 2) return result;
  set_quantiles(x, y, x.size(), y.size(), result);
  const auto numbers_a = numbers_of(x);
  const auto numbers_b = numbers_of(y);
  const results::SampleShape of_a = shape_of(numbers_a);
  const results::SampleShape of_b = shape_of(numbers_b);
  result.mean_a = of_a.mean;
  result.mean_b = of_b.mean;
  const double range =
      std::max(numbers_a.back(), numbers_b.back()) - std::min(numbers_a.front(), numbers_b.front());
  result.varies = range > 0;
  const double of_one = of_a.sd * of_a.sd + of_b.sd * of_b.sd;
  const double of_means = of_a.sd * of_a.sd / of_a.count + of_b.sd * of_b.sd / of_b.count;
  result.balanced = of_means > 0 ? of_one / of_means : std::min(of_a.count, of_b.count);
  if (kind == ValueKind::yes_or_no) {
    result.difference = independent_shares(of_a.mean, of_a.count, of_b.mean, of_b.count);
    result.quantiles.clear();
  } else if (std::isfinite(range)) {
    result.difference = independent_means(of_a, of_b, range);
    result.too_few = results::too_few(of_a) || results::too_few(of_b);
  }
  const Placements in_b = placements_of(numbers_a, numbers_b);
  const Placements in_a = placements_of(numbers_b, numbers_a);
  result.larger = share_of(in_b.below, in_a.above);
  result.smaller = share_of(in_b.above, in_a.below);
  result.shift = shift_of(scores_of(x, y, thresholds_of(x, y)));
  return result;
}

}  // namespace truce::analysis
