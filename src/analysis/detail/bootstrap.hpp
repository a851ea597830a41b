#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "analysis/estimate.hpp"
#include "engine/random.hpp"

namespace truce::analysis {

inline constexpr std::uint64_t bootstrap_seed = 20'240'121;
inline constexpr std::size_t bootstrap_replicates = 1000;

/// Row numbers drawn with replacement: a function of seed and replicate alone.
class Resampler {
 public:
  Resampler(std::uint64_t seed, std::uint64_t replicate)
      : random_(seed, replicate), key_(engine::stream_key("analysis.bootstrap")) {}

  std::size_t below(std::size_t n) {
    return static_cast<std::size_t>(random_.uniform(key_, stream_) * static_cast<double>(n));
  }
  void rows(std::vector<std::size_t>& into) {
    for (std::size_t& row : into) row = below(into.size());
  }

 private:
  engine::TrialRandom random_;
  engine::StreamKey key_;
  engine::StreamState stream_;
};

/// The rows 0 to n - 1 in a random order, the same for the same n.
inline std::vector<Eigen::Index> shuffled_rows(Eigen::Index n) {
  std::vector<Eigen::Index> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  Resampler random(bootstrap_seed, 0);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

/// The middle 95 % of the replicates that are numbers: the percentile interval of Efron and
/// Tibshirani, An Introduction to the Bootstrap (1993), 13.
inline results::Interval percentile_interval(std::vector<double> replicates) {
  std::erase_if(replicates, [](double x) { return std::isnan(x); });
  if (replicates.empty()) return Estimate{}.interval;
  std::ranges::sort(replicates);
  const auto at = [&](double p) {
    const double rank = p * static_cast<double>(replicates.size() - 1);
    return replicates[static_cast<std::size_t>(std::lround(rank))];
  };
  return {at(0.025), at(0.975)};
}

}  // namespace truce::analysis
