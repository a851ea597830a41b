#include "analysis/detail/discovery_checks.hpp"

#include <algorithm>
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

/// Wilson's interval of a share, with as many independent trials as would give it its variance;
/// with `points` where it has none. Resamples and folds share points, and their boxes differ less
/// than those of new samples would: the variance is taken for a fifth more. A share of nearly none
/// or all would be that of next to no trials: where they are fewer than the points, half a case and
/// half of none are added to these.
results::Interval score_interval(double share, double variance, double points) {
  constexpr double more = 1.2;
  if (!(variance > 0)) return results::wilson_interval_of(share * points, points);
  const auto trials = [&](double p) { return p * (1 - p) / (more * variance); };
  const double inner = (share * points + 0.5) / (points + 1);
  const double n = std::max(trials(share), std::min(trials(inner), points));
  return results::wilson_interval_of(share * n, n);
}

/// Of a ratio of clusters' sums.
results::Interval score_interval(const std::vector<HeldOut>& clusters, double m) {
  double count = 0;
  double squares = 0;
  double inside = 0;
  for (const HeldOut& c : clusters) {
    count += c.count;
    squares += (c.sum - m * c.count) * (c.sum - m * c.count);
    inside += c.count > 0 ? std::min(1.0, c.count) : 0;
  }
  return score_interval(m, squares / (count * count), inside);
}

Step best_box(const Sample& sample, const PeelingSettings& settings) {
  const auto steps = peel(sample, settings);
  return pasted(sample, steps[best_step(steps, sample, settings)], settings);
}

double density_in(const Sample& sample, const Ranges& ranges) {
  double count = 0;
  double sum = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (!inside(sample, ranges, i)) continue;
    ++count;
    sum += sample.share[i];
  }
  return sum / count;
}

Sample resampled(const Sample& sample, const std::vector<std::vector<std::size_t>>& clusters,
                 std::size_t replicate) {
  Resampler random(bootstrap_seed, replicate);
  std::vector<std::size_t> points;
  for (std::size_t c = 0; c < clusters.size(); ++c) {
    const auto& drawn = clusters[random.below(clusters.size())];
    points.insert(points.end(), drawn.begin(), drawn.end());
  }
  return taken(sample, points);
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
    const Sample resample = resampled(sample, clusters, k);
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
      const Step box = best_box(training, settings);
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

results::Interval less_optimism(const Sample& sample, const Step& box,
                                const PeelingSettings& settings) {
  const auto clusters = clusters_of(sample);
  std::vector<double> gains;
  for (std::size_t k = 0; k < settings.resamples; ++k) {
    const Sample resample = resampled(sample, clusters, k);
    const Step found = best_box(resample, settings);
    gains.push_back(found.density() - density_in(sample, found.ranges));
  }
  const auto count = static_cast<double>(gains.size());
  const double optimism = std::accumulate(gains.begin(), gains.end(), 0.0) / count;
  double squares = 0;
  for (const double x : gains) squares += (x - optimism) * (x - optimism);
  return score_interval(std::clamp(box.density() - optimism, 0.0, 1.0), squares / count,
                        static_cast<double>(box.count));
}

}  // namespace truce::analysis
