#include "analysis/detail/peeling.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace truce::analysis {

namespace {

/// Points by level.
std::vector<std::size_t> order_of(const Axis& axis) {
  std::vector<std::size_t> start(axis.levels.size() + 1, 0);
  for (const std::size_t level : axis.level) ++start[level + 1];
  std::partial_sum(start.begin(), start.end(), start.begin());
  std::vector<std::size_t> order(axis.level.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[start[axis.level[i]]++] = i;
  return order;
}

/// A run of points at one end of an axis, or of one category.
struct Peel {
  std::size_t axis = 0;
  std::size_t begin = 0;  ///< in the axis's order
  std::size_t end = 0;
  double mean = 0;        ///< of the shares
  bool beaten = false;    ///< by as many points of another axis
  std::size_t reach = 0;  ///< points as low, from the same end
};

class Peeler {
 public:
  Peeler(const Sample& sample, const PeelingSettings& settings)
      : sample_(sample), settings_(settings), ranges_(sample.axes.size()) {
    for (const Axis& axis : sample.axes) orders_.push_back(order_of(axis));
    count_ = sample.size();
    sum_ = std::accumulate(sample.share.begin(), sample.share.end(), 0.0);
  }

  std::vector<Step> run() {
    std::vector<Step> steps = {{ranges_, count_, sum_}};
    const auto least = static_cast<std::size_t>(
        std::ceil(settings_.least_mass * static_cast<double>(sample_.size()) - rounding));
    while (const auto peel = best_peel(std::max<std::size_t>(1, least))) {
      take_off(*peel);
      steps.push_back({ranges_, count_, sum_});
    }
    return steps;
  }

 private:
  [[nodiscard]] std::size_t level(std::size_t axis, std::size_t place) const {
    return sample_.axes[axis].level[orders_[axis][place]];
  }

  /// Sum of the shares of the first so many places of an axis.
  void add_up() {
    sums_.resize(orders_.size());
    for (std::size_t axis = 0; axis < orders_.size(); ++axis) {
      sums_[axis].assign(1, 0);
      for (const std::size_t point : orders_[axis]) {
        sums_[axis].push_back(sums_[axis].back() + sample_.share[point]);
      }
    }
  }

  [[nodiscard]] double mean_of(std::size_t axis, std::size_t begin, std::size_t end) const {
    return (sums_[axis][end] - sums_[axis][begin]) / static_cast<double>(end - begin);
  }

  /// Whether an end of another axis with as many points has a lower mean. A value or category that
  /// holds much can be worse than what several peels would take off elsewhere, and yet be lower
  /// than the first of them, whose few points tell little.
  [[nodiscard]] bool is_beaten(const Peel& peel) const {
    const std::size_t off = peel.end - peel.begin;
    if (off <= part_of(count_, settings_.alpha)) return false;
    for (std::size_t axis = 0; axis < orders_.size(); ++axis) {
      if (axis == peel.axis || sample_.axes[axis].categorical) continue;
      if (level(axis, 0) == level(axis, off) ||
          level(axis, count_ - off - 1) == level(axis, count_ - 1)) {
        continue;  // no such end
      }
      if (mean_of(axis, 0, off) < peel.mean - rounding) return true;
      if (mean_of(axis, count_ - off, count_) < peel.mean - rounding) return true;
    }
    return false;
  }

  /// How many points from that end, or of that category, have no greater share than the mean of the
  /// peel: where cases are rare, most first peels have none, and what tells is how far that goes
  /// on.
  [[nodiscard]] std::size_t reach_of(const Peel& peel) const {
    if (sample_.axes[peel.axis].categorical) return peel.end - peel.begin;
    const auto& order = orders_[peel.axis];
    std::size_t reach = peel.end - peel.begin;
    while (reach < count_) {
      const std::size_t place = peel.begin == 0 ? reach : count_ - 1 - reach;
      if (sample_.share[order[place]] > peel.mean + rounding) break;
      ++reach;
    }
    return reach;
  }

  /// The lower the mean of what goes the better; of what is equally low, that which reaches
  /// furthest.
  void consider(Peel peel, std::size_t least, std::optional<Peel>& best) const {
    const std::size_t off = peel.end - peel.begin;
    if (off == 0 || off >= count_ || count_ - off < least) return;
    peel.mean = mean_of(peel.axis, peel.begin, peel.end);
    peel.beaten = is_beaten(peel);
    if (best && peel.beaten != best->beaten) {
      if (!peel.beaten) best = peel;
      return;
    }
    peel.reach = reach_of(peel);
    const bool lower = !best || peel.mean < best->mean - rounding;
    const bool larger = best && peel.mean <= best->mean + rounding && peel.reach > best->reach;
    if (lower || larger) best = peel;
  }

  [[nodiscard]] std::optional<Peel> best_peel(std::size_t least) {
    add_up();
    std::optional<Peel> best;
    for (std::size_t axis = 0; axis < orders_.size(); ++axis) {
      if (sample_.axes[axis].categorical) {
        for (std::size_t begin = 0, end = 0; begin < count_; begin = end) {
          while (end < count_ && level(axis, end) == level(axis, begin)) ++end;
          consider({axis, begin, end}, least, best);
        }
        continue;
      }
      consider_ends(axis, least, best);
    }
    return best;
  }

  /// The border value goes with all its points: where it holds more than a part, it alone.
  void consider_ends(std::size_t axis, std::size_t least, std::optional<Peel>& best) const {
    const std::size_t off = part_of(count_, settings_.alpha);
    if (off >= count_) return;
    std::size_t end = off;
    if (level(axis, off) > level(axis, 0)) {
      while (level(axis, end - 1) == level(axis, off)) --end;
    } else {
      while (end < count_ && level(axis, end) == level(axis, 0)) ++end;
    }
    consider({axis, 0, end}, least, best);
    std::size_t begin = count_ - off;
    if (level(axis, begin - 1) < level(axis, count_ - 1)) {
      while (level(axis, begin) == level(axis, count_ - 1 - off)) ++begin;
    } else {
      while (begin > 0 && level(axis, begin - 1) == level(axis, count_ - 1)) --begin;
    }
    consider({axis, begin, count_}, least, best);
  }

  void take_off(const Peel& peel) {
    const Axis& axis = sample_.axes[peel.axis];
    Range& range = ranges_[peel.axis];
    if (axis.categorical) {
      range.refused.resize(axis.levels.size(), 0);
      range.refused[level(peel.axis, peel.begin)] = 1;
    } else {
      // Half way to the next value, so that no point lies on a limit.
      const std::size_t border = peel.begin == 0 ? peel.end : peel.begin;
      const double limit =
          (axis.levels[level(peel.axis, border - 1)] + axis.levels[level(peel.axis, border)]) / 2;
      (peel.begin == 0 ? range.low : range.high) = limit;
    }
    std::vector<char> gone(sample_.size(), 0);
    for (std::size_t i = peel.begin; i < peel.end; ++i) {
      const std::size_t point = orders_[peel.axis][i];
      gone[point] = 1;
      sum_ -= sample_.share[point];
    }
    count_ -= peel.end - peel.begin;
    for (auto& order : orders_) {
      std::erase_if(order, [&](std::size_t point) { return gone[point] != 0; });
    }
  }

  const Sample& sample_;
  const PeelingSettings& settings_;
  Ranges ranges_;
  std::vector<std::vector<std::size_t>> orders_;  ///< [axis][place] of the points still inside
  std::vector<std::vector<double>> sums_;         ///< [axis][place]
  std::size_t count_ = 0;
  double sum_ = 0;
};

}  // namespace

std::vector<Step> peel(const Sample& sample, const PeelingSettings& settings) {
  return Peeler(sample, settings).run();
}

double gain(const Step& step, const Sample& sample, const PeelingSettings& settings) {
  if (step.density() < settings.least_density - rounding) return -infinity;
  return (step.sum - static_cast<double>(step.count) * sample.base_rate()) /
         static_cast<double>(sample.size());
}

std::size_t best_step(const std::vector<Step>& steps, const Sample& sample,
                      const PeelingSettings& settings) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < steps.size(); ++i) {
    if (gain(steps[i], sample, settings) > gain(steps[best], sample, settings) + rounding) best = i;
  }
  return best;
}

}  // namespace truce::analysis
