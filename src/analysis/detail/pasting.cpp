#include <algorithm>

#include "analysis/detail/peeling.hpp"

namespace truce::analysis {

namespace {

/// Points beyond one side of a box, nearest first, or those of one refused category.
struct Side {
  std::size_t axis = 0;
  enum class Kind { low, high, category } kind = Kind::low;
  std::vector<std::size_t> points;
};

std::vector<Side> sides_of(const Sample& sample, const Ranges& ranges, std::size_t d) {
  Ranges open = ranges;
  open[d] = Range{};
  const Axis& axis = sample.axes[d];
  std::vector<Side> sides(axis.categorical ? axis.levels.size() : 2);
  for (std::size_t point = 0; point < sample.size(); ++point) {
    if (ranges[d].holds(axis, point) || !inside(sample, open, point)) continue;
    const std::size_t level = axis.level[point];
    const bool low = axis.levels[level] < ranges[d].low;
    sides[axis.categorical ? level : low ? 0 : 1].points.push_back(point);
  }
  for (std::size_t s = 0; s < sides.size(); ++s) {
    sides[s].axis = d;
    sides[s].kind = axis.categorical ? Side::Kind::category
                    : s == 0         ? Side::Kind::low
                                     : Side::Kind::high;
    std::ranges::stable_sort(sides[s].points, [&](std::size_t a, std::size_t b) {
      return s == 0 ? axis.level[a] > axis.level[b] : axis.level[a] < axis.level[b];
    });
  }
  return sides;
}

/// How many of a side's points are added: a part of the box, with all points of the last value.
std::size_t added(const Axis& axis, const Side& side, std::size_t part) {
  if (side.kind == Side::Kind::category) return side.points.size();
  std::size_t end = std::min(part, side.points.size());
  while (end < side.points.size() &&
         axis.level[side.points[end]] == axis.level[side.points[end - 1]]) {
    ++end;
  }
  return end;
}

void open_up(const Axis& axis, const Side& side, std::size_t end, Range& range) {
  if (side.kind == Side::Kind::category) {
    range.refused[axis.level[side.points.front()]] = 0;
    return;
  }
  double& limit = side.kind == Side::Kind::low ? range.low : range.high;
  if (end == side.points.size()) {
    limit = side.kind == Side::Kind::low ? -infinity : infinity;
  } else {
    limit = (axis.levels[axis.level[side.points[end - 1]]] +
             axis.levels[axis.level[side.points[end]]]) /
            2;
  }
}

}  // namespace

Step pasted(const Sample& sample, Step step, const PeelingSettings& settings) {
  while (true) {
    const std::size_t part = part_of(step.count, settings.alpha);
    double best = step.density() - rounding;
    Step wider;
    for (std::size_t d = 0; d < step.ranges.size(); ++d) {
      if (!step.ranges[d].is_restricted()) continue;
      const Axis& axis = sample.axes[d];
      for (const Side& side : sides_of(sample, step.ranges, d)) {
        const std::size_t end = added(axis, side, part);
        if (end == 0) continue;
        double sum = 0;
        for (std::size_t i = 0; i < end; ++i) sum += sample.share[side.points[i]];
        if (sum / static_cast<double>(end) <= best) continue;
        best = sum / static_cast<double>(end);
        wider = {step.ranges, step.count + end, step.sum + sum};
        open_up(axis, side, end, wider.ranges[d]);
      }
    }
    if (wider.count == 0) return step;
    step = std::move(wider);
  }
}

}  // namespace truce::analysis
