#include <algorithm>
#include <numeric>

#include "analysis/detail/peeling.hpp"

namespace truce::analysis {

Sample sample_of(const Assumptions& assumptions, const Eigen::VectorXd& share) {
  Sample sample;
  const Eigen::MatrixXd& points = assumptions.points;
  for (Eigen::Index d = 0; d < points.cols(); ++d) {
    Axis axis;
    axis.categorical =
        !assumptions.categorical.empty() && assumptions.categorical[static_cast<std::size_t>(d)];
    axis.levels.assign(points.col(d).begin(), points.col(d).end());
    std::ranges::sort(axis.levels);
    axis.levels.erase(std::unique(axis.levels.begin(), axis.levels.end()), axis.levels.end());
    for (const double x : points.col(d)) {
      axis.level.push_back(
          static_cast<std::size_t>(std::ranges::lower_bound(axis.levels, x) - axis.levels.begin()));
    }
    sample.axes.push_back(std::move(axis));
  }
  sample.share.assign(share.begin(), share.end());
  sample.cluster = assumptions.cluster;
  if (sample.cluster.empty()) {
    sample.cluster.resize(sample.size());
    std::iota(sample.cluster.begin(), sample.cluster.end(), 0);
  }
  sample.clusters = 1 + *std::ranges::max_element(sample.cluster);
  return sample;
}

Sample taken(const Sample& from, const std::vector<std::size_t>& points) {
  Sample sample{.axes = from.axes, .clusters = from.clusters};
  for (std::size_t d = 0; d < from.axes.size(); ++d) {
    sample.axes[d].level.clear();
    for (const std::size_t i : points) sample.axes[d].level.push_back(from.axes[d].level[i]);
  }
  for (const std::size_t i : points) {
    sample.share.push_back(from.share[i]);
    sample.cluster.push_back(from.cluster[i]);
  }
  return sample;
}

Sample along(const Sample& from, const std::vector<std::size_t>& axes) {
  Sample sample{.share = from.share, .cluster = from.cluster, .clusters = from.clusters};
  for (const std::size_t d : axes) sample.axes.push_back(from.axes[d]);
  return sample;
}

double Sample::base_rate() const {
  return std::accumulate(share.begin(), share.end(), 0.0) / static_cast<double>(size());
}

bool inside(const Sample& sample, const Ranges& ranges, std::size_t point) {
  for (std::size_t d = 0; d < ranges.size(); ++d) {
    if (!ranges[d].holds(sample.axes[d], point)) return false;
  }
  return true;
}

bool Range::is_restricted() const {
  return low > -std::numeric_limits<double>::infinity() ||
         high < std::numeric_limits<double>::infinity() ||
         std::ranges::find(refused, 1) != refused.end();
}

bool Range::cuts_as(const Range& other) const {
  if ((std::isfinite(other.low) && !std::isfinite(low)) ||
      (std::isfinite(other.high) && !std::isfinite(high))) {
    return false;
  }
  for (std::size_t i = 0; i < other.refused.size(); ++i) {
    if (other.refused[i] != 0 && (refused.empty() || refused[i] == 0)) return false;
  }
  return true;
}

}  // namespace truce::analysis
