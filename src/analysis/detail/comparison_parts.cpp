#include "analysis/detail/comparison_parts.hpp"

#include <algorithm>
#include <array>

#include "analysis/detail/bootstrap.hpp"
#include "engine/normal.hpp"
#include "results/moments.hpp"

namespace truce::analysis {

namespace {

constexpr std::array probabilities = {0.05, 0.25, 0.5, 0.75, 0.95};
using Values = std::array<double, probabilities.size()>;

/// Per probability the smallest value with at least that share of the weight at or below it.
/// Values are sorted; a value weighs as often as its trial was drawn.
Values quantiles_of(const std::vector<TrialValue>& values,
                    const std::vector<std::uint32_t>& drawn) {
  double total = 0;
  for (const TrialValue& v : values) total += drawn[v.trial];
  Values result;
  result.fill(std::numeric_limits<double>::quiet_NaN());
  double below = 0;
  std::size_t q = 0;
  for (const TrialValue& v : values) {
    below += drawn[v.trial];
    while (q < probabilities.size() && below > 0 && below >= probabilities[q] * total - 1e-9) {
      result[q++] = v.value;
    }
    if (q == probabilities.size()) break;
  }
  return result;
}

}  // namespace

results::SampleShape shape_of(std::span<const double> values) {
  results::Moments moments;
  for (const double x : values) moments.add(x);
  return {static_cast<double>(values.size()), moments.mean(), moments.sd(), moments.skewness()};
}

void set_quantiles(std::vector<TrialValue>& a, std::vector<TrialValue>& b, std::size_t trials_a,
                   std::size_t trials_b, Comparison& into) {
  constexpr std::size_t replicates = 200;
  std::ranges::sort(a, {}, &TrialValue::value);
  std::ranges::sort(b, {}, &TrialValue::value);
  std::vector<std::uint32_t> drawn_a(trials_a, 1);
  std::vector<std::uint32_t> drawn_b(trials_b, 1);
  const Values of_a = quantiles_of(a, drawn_a);
  const Values of_b = quantiles_of(b, drawn_b);
  std::vector<std::vector<double>> differences(probabilities.size());
  const bool paired = into.pairing == Pairing::paired;
  for (std::size_t r = 0; r < replicates; ++r) {
    Resampler resampler(bootstrap_seed, r);
    std::ranges::fill(drawn_a, 0);
    for (std::size_t i = 0; i < trials_a; ++i) ++drawn_a[resampler.below(trials_a)];
    // Pairs stay pairs; independent samples are drawn independently.
    if (!paired) {
      std::ranges::fill(drawn_b, 0);
      for (std::size_t i = 0; i < trials_b; ++i) ++drawn_b[resampler.below(trials_b)];
    }
    const Values x = quantiles_of(a, drawn_a);
    const Values y = quantiles_of(b, paired ? drawn_a : drawn_b);
    for (std::size_t q = 0; q < x.size(); ++q) differences[q].push_back(x[q] - y[q]);
  }
  const auto fewest = static_cast<double>(std::min({trials_a, trials_b, a.size(), b.size()}));
  for (std::size_t q = 0; q < probabilities.size(); ++q) {
    const double p = probabilities[q];
    Estimate difference{.value = of_a[q] - of_b[q]};
    // As above, with its tolerance for n p that is whole.
    if (fewest * std::min(p, 1 - p) >= fewest_beyond_quantile - 1e-9) {
      difference.interval = percentile_interval(std::move(differences[q]));
    }
    into.quantiles.push_back({p, of_a[q], of_b[q], difference});
  }
}

std::vector<double> thresholds_of(const std::vector<TrialValue>& a,
                                  const std::vector<TrialValue>& b) {
  std::vector<double> all;
  all.reserve(a.size() + b.size());
  for (const auto* values : {&a, &b}) {
    for (const TrialValue& v : *values) all.push_back(v.value);
  }
  std::ranges::sort(all);
  std::vector<double> result;
  for (std::size_t tenth = 1; tenth < 10 && !all.empty(); ++tenth) {
    const double x = all[all.size() * tenth / 10];
    const bool known = !result.empty() && result.back() == x;
    if (!known && x < all.back()) result.push_back(x);
  }
  // The least value is no decile of what is rarely anything else.
  if (result.empty() && !all.empty() && all.front() < all.back()) result.push_back(all.front());
  return result;
}

Shift shift_of(const std::vector<double>& scores) {
  if (scores.empty()) return Shift::none;
  const double critical = engine::inverse_normal(1 - 0.025 / static_cast<double>(scores.size()));
  const bool larger = std::ranges::max(scores) > critical;
  const bool smaller = std::ranges::min(scores) < -critical;
  if (larger && smaller) return Shift::crossing;
  if (larger) return Shift::larger;
  return smaller ? Shift::smaller : Shift::none;
}

}  // namespace truce::analysis
