#include "analysis/best.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "analysis/detail/bootstrap.hpp"

namespace truce::analysis {

namespace {

constexpr std::size_t most_groups = 4096;
constexpr std::uint64_t resamples = 10'000;

/// Sums over the trials of a group, where all alternatives have a value.
struct Sums {
  std::size_t alternatives;
  std::vector<double> values;  ///< [group][alternative]

  [[nodiscard]] std::size_t groups() const { return values.size() / alternatives; }
  [[nodiscard]] const double* of(std::size_t group) const { return &values[group * alternatives]; }
};

void check_shapes(const std::vector<PointValues>& alternatives) {
  for (const PointValues& values : alternatives) {
    bool same = values.size() == alternatives.front().size();
    for (std::size_t p = 0; same && p < values.size(); ++p) {
      same = values[p].size() == alternatives.front()[p].size();
    }
    if (!same) throw std::invalid_argument("alternatives need the same points and trials");
  }
}

/// By trial; counts what is compared.
Sums sums_of(const std::vector<PointValues>& alternatives, BestAlternative& into) {
  const PointValues& first = alternatives.front();
  const std::size_t k = alternatives.size();
  std::size_t trials = 0;
  for (const auto& point : first) trials = std::max(trials, point.size());
  std::vector<double> sums(trials * k, 0);
  std::vector<std::uint32_t> counts(trials, 0);
  for (std::size_t p = 0; p < first.size(); ++p) {
    for (std::size_t i = 0; i < first[p].size(); ++i) {
      const auto present = static_cast<std::size_t>(std::ranges::count_if(
          alternatives, [&](const PointValues& values) { return !std::isnan(values[p][i]); }));
      into.left_out += present > 0 && present < k;
      if (present < k) continue;
      ++counts[i];
      for (std::size_t v = 0; v < k; ++v) sums[i * k + v] += alternatives[v][p][i];
    }
  }
  Sums result{.alternatives = k, .values = {}};
  for (std::size_t i = 0; i < trials; ++i) {
    into.compared += counts[i];
    if (counts[i] == 0) continue;
    ++into.trials;
    const auto at = sums.begin() + static_cast<std::ptrdiff_t>(i * k);
    result.values.insert(result.values.end(), at, at + static_cast<std::ptrdiff_t>(k));
  }
  return result;
}

Sums grouped(Sums trials) {
  const std::size_t n = trials.groups();
  if (n <= most_groups) return trials;
  const std::size_t k = trials.alternatives;
  Sums groups{.alternatives = k, .values = std::vector<double>(most_groups * k, 0)};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t v = 0; v < k; ++v)
      groups.values[i * most_groups / n * k + v] += trials.of(i)[v];
  }
  return groups;
}

}  // namespace

BestAlternative best_alternative(const std::vector<PointValues>& alternatives, Best best) {
  BestAlternative result;
  const std::size_t k = alternatives.size();
  result.alternatives.resize(k);
  if (k == 0) return result;
  check_shapes(alternatives);
  const Sums trials = sums_of(alternatives, result);
  std::vector<double> totals(k, 0);
  for (std::size_t i = 0; i < trials.groups(); ++i) {
    for (std::size_t v = 0; v < k; ++v) totals[v] += trials.of(i)[v];
  }
  for (std::size_t v = 0; v < k && result.compared > 0; ++v) {
    result.alternatives[v].mean = totals[v] / static_cast<double>(result.compared);
  }
  if (result.trials < 2) return result;
  const Sums groups = grouped(trials);
  const double sign = best == Best::largest ? 1 : -1;
  std::vector<double> wins(k, 0);
  for (std::uint64_t r = 0; r < resamples; ++r) {
    Resampler resampler(bootstrap_seed, r);
    std::ranges::fill(totals, 0);
    for (std::size_t i = 0; i < groups.groups(); ++i) {
      const double* drawn = groups.of(resampler.below(groups.groups()));
      for (std::size_t v = 0; v < k; ++v) totals[v] += sign * drawn[v];
    }
    const double most = std::ranges::max(totals);
    const auto winners = std::ranges::count(totals, most);
    result.tied += winners > 1;
    for (std::size_t v = 0; v < k; ++v) {
      if (totals[v] == most) wins[v] += 1 / static_cast<double>(winners);
    }
  }
  result.resamples = resamples;
  constexpr auto all = static_cast<double>(resamples);
  result.tied /= all;
  for (std::size_t v = 0; v < k; ++v) {
    result.alternatives[v].chance = {wins[v] / all, results::wilson_interval_of(wins[v], all)};
  }
  return result;
}

}  // namespace truce::analysis
