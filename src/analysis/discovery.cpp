#include "analysis/discovery.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "analysis/detail/discovery_checks.hpp"

namespace truce::analysis {

namespace {

/// Totals over all points, of which the boxes are told.
struct Totals {
  double points = 0;
  double cases = 0;
};

/// `axes` are the dimensions of the ranges.
Box box_of(const Step& step, const Sample& sample, const std::vector<std::size_t>& axes,
           const Totals& all) {
  Box box{.mass = static_cast<double>(step.count) / all.points,
          .coverage = all.cases > 0 ? step.sum / all.cases : 0,
          .density = step.density()};
  for (std::size_t d = 0; d < step.ranges.size(); ++d) {
    const Range& range = step.ranges[d];
    if (!range.is_restricted()) continue;
    Box::Limit limit{static_cast<Eigen::Index>(axes[d]), range.low, range.high, {}};
    for (std::size_t level = 0; level < range.refused.size(); ++level) {
      if (range.refused[level] == 0) limit.allowed.push_back(sample.axes[d].levels[level]);
    }
    box.limits.push_back(std::move(limit));
  }
  return box;
}

std::vector<std::size_t> all_axes(const Sample& sample) {
  std::vector<std::size_t> axes(sample.axes.size());
  std::iota(axes.begin(), axes.end(), 0);
  return axes;
}

class Searcher {
 public:
  Searcher(const Sample& sample, const Totals& all, const PeelingSettings& settings)
      : sample_(sample), all_(all), settings_(settings) {}

  /// Marks the points of the box that it found.
  Search run(std::vector<char>& held) {
    const auto axes = all_axes(sample_);
    const auto steps = peel(sample_, settings_);
    const std::size_t chosen = best_step(steps, sample_, settings_);
    record(steps, chosen, sample_, axes);
    const double seen = gain(steps[chosen], sample_, settings_);
    if (chosen == 0 || seen <= 0) return search_;
    search_.p_value = p_of_box(sample_, seen, settings_);
    if (search_.p_value >= settings_.level) return search_;
    search_.found = true;
    settle(select(steps[chosen].ranges, seen), held);
    return search_;
  }

 private:
  void record(const std::vector<Step>& steps, std::size_t chosen, const Sample& sample,
              const std::vector<std::size_t>& axes) {
    search_.trajectory.clear();
    for (const Step& step : steps) search_.trajectory.push_back(box_of(step, sample, axes, all_));
    search_.chosen = chosen;
  }

  /// The dimensions that matter; where none does by itself, all that are restricted.
  std::vector<std::size_t> select(const Ranges& ranges, double seen) {
    std::vector<std::size_t> restricted;
    std::vector<std::size_t> matter;
    p_values_.assign(ranges.size(), 1);
    for (std::size_t d = 0; d < ranges.size(); ++d) {
      if (!ranges[d].is_restricted()) continue;
      p_values_[d] = p_of_axis(sample_, d, seen, settings_);
      restricted.push_back(d);
      if (p_values_[d] < settings_.level) matter.push_back(d);
    }
    if (matter.empty()) return restricted;
    for (const std::size_t d : restricted) {
      if (p_values_[d] >= settings_.level) search_.dropped.push_back(static_cast<Eigen::Index>(d));
    }
    return matter;
  }

  void settle(const std::vector<std::size_t>& axes, std::vector<char>& held) {
    const Sample sample = along(sample_, axes);
    const auto steps = peel(sample, settings_);
    const std::size_t chosen = best_step(steps, sample, settings_);
    record(steps, chosen, sample, axes);
    const Step step = pasted(sample, steps[chosen], settings_);
    search_.box = box_of(step, sample, axes, all_);
    Ranges ranges(sample_.axes.size());
    for (std::size_t d = 0; d < axes.size(); ++d) ranges[axes[d]] = step.ranges[d];
    const auto kept = kept_shares(sample_, ranges, settings_);
    for (const Box::Limit& limit : search_.box.limits) {
      const auto d = static_cast<std::size_t>(limit.dimension);
      search_.support.push_back({p_values_[d], kept[d]});
    }
    const Validation validation = cross_validated(sample, settings_);
    search_.density_validated = validation.density;
    // The one is of boxes found in as many points, the other of this box: neither holds alone.
    const results::Interval own = less_optimism(sample, step, settings_);
    search_.density_interval = {std::min(validation.interval.low, own.low),
                                std::max(validation.interval.high, own.high)};
    search_.too_few = step.sum < fewest_cases;
    search_.coverage_validated = validation.coverage;
    for (std::size_t i = 0; i < sample.size(); ++i)
      held[i] = inside(sample, step.ranges, i) ? 1 : 0;
  }

  const Sample& sample_;
  const Totals& all_;
  const PeelingSettings& settings_;
  std::vector<double> p_values_;  ///< [axis]
  Search search_;
};

void require(const Assumptions& assumptions, const Eigen::VectorXd& share) {
  constexpr Eigen::Index fewest = 20;
  const Eigen::Index n = assumptions.points.rows();
  const Eigen::Index d = assumptions.points.cols();
  const auto is_length = [](std::size_t size, Eigen::Index length) {
    return size == 0 || size == static_cast<std::size_t>(length);
  };
  if (n < fewest || d < 1 || share.size() != n || !is_length(assumptions.cluster.size(), n) ||
      !is_length(assumptions.categorical.size(), d)) {
    throw std::invalid_argument("discovery needs 20 points or more");
  }
  if (!(share.minCoeff() >= 0) || !(share.maxCoeff() <= 1)) {
    throw std::invalid_argument("shares of interest lie between 0 and 1");
  }
}

}  // namespace

Discovery discover(const Assumptions& assumptions, const Eigen::VectorXd& share,
                   const PeelingSettings& settings) {
  require(assumptions, share);
  Sample sample = sample_of(assumptions, share);
  const Totals all{static_cast<double>(share.size()), share.sum()};
  Discovery result;
  result.base_rate = sample.base_rate();
  result.together = {.mass = 0, .coverage = 0, .density = 0};
  while (result.searches.size() < settings.boxes && sample.size() > 0) {
    PeelingSettings round = settings;
    // The least mass is of all points, also where some are gone.
    round.least_mass = settings.least_mass * all.points / static_cast<double>(sample.size());
    if (round.least_mass >= 1) break;
    std::vector<char> held(sample.size(), 0);
    result.searches.push_back(Searcher(sample, all, round).run(held));
    const Search& search = result.searches.back();
    if (!search.found) break;
    result.together.mass += search.box.mass;
    result.together.coverage += search.box.coverage;
    std::vector<std::size_t> rest;
    for (std::size_t i = 0; i < held.size(); ++i) {
      if (held[i] == 0) rest.push_back(i);
    }
    sample = taken(sample, rest);
  }
  if (result.together.mass > 0) {
    result.together.density =
        result.together.coverage * all.cases / (result.together.mass * all.points);
  }
  return result;
}

}  // namespace truce::analysis
