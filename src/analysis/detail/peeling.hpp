#pragma once

#include <algorithm>
#include <limits>
#include <vector>

#include "analysis/detail/bootstrap.hpp"
#include "analysis/discovery.hpp"

namespace truce::analysis {

/// The values that an assumption takes, and which of them each point of a sample has.
struct Axis {
  bool categorical = false;
  std::vector<double> levels;      ///< distinct values, ascending
  std::vector<std::size_t> level;  ///< [point] place in `levels`
};

/// Points to be searched: all, or those of a resample, a fold, a permutation.
struct Sample {
  std::vector<Axis> axes;
  std::vector<double> share;         ///< [point] of cases of interest
  std::vector<std::size_t> cluster;  ///< [point] from 0; points of one cluster belong together
  std::size_t clusters = 0;

  [[nodiscard]] std::size_t size() const { return share.size(); }
  [[nodiscard]] double base_rate() const;
};

Sample sample_of(const Assumptions& assumptions, const Eigen::VectorXd& share);
/// These points of a sample, as often as they are named.
Sample taken(const Sample& from, const std::vector<std::size_t>& points);
/// With those axes alone.
Sample along(const Sample& from, const std::vector<std::size_t>& axes);

inline constexpr double infinity = std::numeric_limits<double>::infinity();
/// Densities that differ by less are equal: sums of shares, added in another order.
inline constexpr double rounding = 1e-12;

/// What a box allows of one assumption.
struct Range {
  double low = -infinity;
  double high = infinity;
  std::vector<char> refused;  ///< [level] of a category; empty where none is

  [[nodiscard]] bool holds(const Axis& axis, std::size_t point) const {
    const std::size_t level = axis.level[point];
    if (!refused.empty()) return refused[level] == 0;
    return axis.levels[level] >= low && axis.levels[level] <= high;
  }
  [[nodiscard]] bool is_restricted() const;
  /// Whether this range cuts on each side, or refuses each category, that the other does.
  [[nodiscard]] bool cuts_as(const Range& other) const;
};
using Ranges = std::vector<Range>;  ///< [axis]

bool inside(const Sample& sample, const Ranges& ranges, std::size_t point);

struct Step {
  Ranges ranges;
  std::size_t count = 0;  ///< points inside
  double sum = 0;         ///< of their shares
  [[nodiscard]] double density() const { return sum / static_cast<double>(count); }
};

/// As many of these points as are taken off, or added, at a time.
inline std::size_t part_of(std::size_t count, double share) {
  return std::max<std::size_t>(1, static_cast<std::size_t>(share * static_cast<double>(count)));
}

/// From all points down to the least mass.
std::vector<Step> peel(const Sample& sample, const PeelingSettings& settings);

/// What choosing maximises: the share of all points by which the box has more cases than as many
/// points at the base rate. Negative infinity below the density asked for.
double gain(const Step& step, const Sample& sample, const PeelingSettings& settings);
std::size_t best_step(const std::vector<Step>& steps, const Sample& sample,
                      const PeelingSettings& settings);

/// Widened by a little at a time, as long as what is added is at least as dense as the box.
Step pasted(const Sample& sample, Step step, const PeelingSettings& settings);

}  // namespace truce::analysis
