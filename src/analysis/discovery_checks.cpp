#include "discovery_checks.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace truce::analysis {

namespace {

std::vector<std::size_t> permutation(std::size_t n, Resampler& random) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

/// The points of each cluster.
std::vector<std::vector<std::size_t>> clusters_of(const Sample& sample) {
  std::vector<std::vector<std::size_t>> points(sample.clusters);
  for (std::size_t i = 0; i < sample.size(); ++i) points[sample.cluster[i]].push_back(i);
  std::erase_if(points, [](const auto& cluster) { return cluster.empty(); });
  return points;
}

template <class Permute>
double p_value(double seen, std::size_t permutations, const PeelingSettings& settings,
               Permute permuted) {
  std::size_t as_good = 1;
  for (std::size_t k = 0; k < permutations; ++k) {
    Resampler random(bootstrap_seed, k);
    if (greatest_gain(permuted(random), settings) >= seen - 1e-12) ++as_good;
  }
  return static_cast<double>(as_good) / static_cast<double>(permutations + 1);
}

/// Sums over the points inside a box that took no part in finding it.
struct HeldOut {
  double count = 0;
  double sum = 0;
};

/// Score interval of a ratio of clusters' sums: Wilson's, with as many independent trials as would
/// give the ratio the variance that it has.
results::Interval score_interval(const std::vector<HeldOut>& clusters, double m) {
  double count = 0;
  double squares = 0;
  double inside = 0;
  for (const HeldOut& c : clusters) {
    count += c.count;
    squares += (c.sum - m * c.count) * (c.sum - m * c.count);
    inside += c.count > 0 ? std::min(1.0, c.count) : 0;
  }
  const double n = squares > 0 ? m * (1 - m) * count * count / squares : inside;
  const double z2 = results::z_95 * results::z_95;
  const double middle = (m + z2 / (2 * n)) / (1 + z2 / n);
  const double half = results::z_95 / (1 + z2 / n) * std::sqrt(m * (1 - m) / n + z2 / (4 * n * n));
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

}  // namespace

double greatest_gain(const Sample& sample, const PeelingSettings& settings) {
  const auto steps = peel(sample, settings);
  return gain(steps[best_step(steps, sample, settings)], sample, settings);
}

double p_of_box(const Sample& sample, double seen, const PeelingSettings& settings) {
  Sample permuted = sample;
  return p_value(seen, settings.permutations, settings, [&](Resampler& random) -> const Sample& {
    const auto order = permutation(sample.size(), random);
    for (std::size_t i = 0; i < order.size(); ++i) permuted.share[i] = sample.share[order[i]];
    return permuted;
  });
}

// What is the same throughout a cluster is permuted among clusters; what differs there, as the
// variants of a study at one point of its design, within them.
double p_of_axis(const Sample& sample, std::size_t axis, double seen,
                 const PeelingSettings& settings) {
  const auto clusters = clusters_of(sample);
  const auto& level = sample.axes[axis].level;
  const bool within = std::ranges::any_of(clusters, [&](const auto& points) {
    return std::ranges::any_of(points, [&](std::size_t i) { return level[i] != level[points[0]]; });
  });
  Sample permuted = sample;
  auto& levels = permuted.axes[axis].level;
  return p_value(seen, settings.permutations, settings, [&](Resampler& random) -> const Sample& {
    const auto order = permutation(within ? sample.size() : clusters.size(), random);
    for (std::size_t c = 0; c < clusters.size(); ++c) {
      const auto& points = clusters[c];
      const auto inner = within ? permutation(points.size(), random) : std::vector<std::size_t>{};
      for (std::size_t i = 0; i < points.size(); ++i) {
        levels[points[i]] = level[within ? points[inner[i]] : clusters[order[c]][0]];
      }
    }
    return permuted;
  });
}

std::vector<double> kept_shares(const Sample& sample, const Ranges& ranges,
                                const PeelingSettings& settings) {
  const auto clusters = clusters_of(sample);
  std::vector<double> kept(ranges.size(), 0);
  for (std::size_t k = 0; k < settings.resamples; ++k) {
    Resampler random(bootstrap_seed, k);
    std::vector<std::size_t> points;
    for (std::size_t c = 0; c < clusters.size(); ++c) {
      const auto& drawn = clusters[random.below(clusters.size())];
      points.insert(points.end(), drawn.begin(), drawn.end());
    }
    const Sample resample = taken(sample, points);
    const auto steps = peel(resample, settings);
    const Ranges& found = steps[best_step(steps, resample, settings)].ranges;
    for (std::size_t d = 0; d < ranges.size(); ++d) kept[d] += found[d].cuts_as(ranges[d]) ? 1 : 0;
  }
  for (double& x : kept) x /= static_cast<double>(settings.resamples);
  return kept;
}

Validation cross_validated(const Sample& sample, const PeelingSettings& settings) {
  constexpr std::size_t folds = 10;
  constexpr std::size_t repeats = 10;
  const auto clusters = clusters_of(sample);
  std::vector<HeldOut> held_out(clusters.size());
  for (std::size_t repeat = 0; repeat < repeats; ++repeat) {
    Resampler random(bootstrap_seed, repeat);
    const auto order = permutation(clusters.size(), random);
    for (std::size_t fold = 0; fold < folds; ++fold) {
      std::vector<std::size_t> rest;
      for (std::size_t c = 0; c < order.size(); ++c) {
        const auto& points = clusters[order[c]];
        if (c % folds != fold) rest.insert(rest.end(), points.begin(), points.end());
      }
      const Sample training = taken(sample, rest);
      const auto steps = peel(training, settings);
      const Step box = pasted(training, steps[best_step(steps, training, settings)], settings);
      for (std::size_t c = fold; c < order.size(); c += folds) {
        for (const std::size_t point : clusters[order[c]]) {
          if (!inside(sample, box.ranges, point)) continue;
          held_out[order[c]].count += 1.0 / repeats;
          held_out[order[c]].sum += sample.share[point] / repeats;
        }
      }
    }
  }
  HeldOut all;
  for (const HeldOut& c : held_out) {
    all.count += c.count;
    all.sum += c.sum;
  }
  const double cases = std::accumulate(sample.share.begin(), sample.share.end(), 0.0);
  const double density = all.sum / all.count;
  return {density, score_interval(held_out, density), all.sum / cases};
}

}  // namespace truce::analysis
