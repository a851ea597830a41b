#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "results/run_writer.hpp"
#include "study/detail/task_size.hpp"

namespace truce::study {

/// Large points as tasks for ranks: stretches of their trials, one point after the other, and of a
/// point that has them all that they be put together.
class LargePointQueue {
 public:
  struct Task {
    std::uint32_t point = 0;
    results::TrialRange trials;  ///< to be run; none: all are there, to be put together
  };
  /// Tells the trials of a point that are still to be run. Called when its turn comes.
  using MissingOf = std::function<std::vector<results::TrialRange>(std::uint32_t)>;

  /// Each of the points has at most so many trials left.
  LargePointQueue(std::vector<std::uint32_t> points, std::uint64_t trials, MissingOf missing_of)
      : points_(std::move(points)), trials_(trials), missing_of_(std::move(missing_of)) {}

  /// The next task; nothing where there is none at present.
  std::optional<Task> next(const TaskSize& size) {
    while (ready_.empty() && rest_.empty() && next_ < points_.size()) begin(points_[next_++]);
    if (!ready_.empty()) {
      const std::uint32_t point = ready_.front();
      ready_.pop_front();
      return Task{.point = point, .trials = {}};
    }
    if (rest_.empty()) return {};
    results::TrialRange& rest = rest_.front();
    const std::uint64_t of_later = (points_.size() - next_) * trials_;
    const std::uint64_t left = rest.end - rest.first;
    const std::uint64_t count = std::min(left, size.next(left + of_later));
    const Task task{.point = points_[next_ - 1], .trials = {rest.first, rest.first + count}};
    rest.first += count;
    if (rest.first == rest.end) rest_.pop_front();
    ++out_[task.point];
    return task;
  }

  /// A stretch has been run.
  void end(const Task& task) {
    const auto at = out_.find(task.point);
    const bool handed_out = rest_.empty() || points_[next_ - 1] != task.point;
    if (--at->second > 0 || !handed_out) return;
    out_.erase(at);
    ready_.push_back(task.point);
  }

 private:
  void begin(std::uint32_t point) {
    const auto missing = missing_of_(point);
    rest_.assign(missing.begin(), missing.end());
    if (rest_.empty()) ready_.push_back(point);
  }

  std::vector<std::uint32_t> points_;
  std::uint64_t trials_;
  MissingOf missing_of_;
  std::size_t next_ = 0;                  ///< of points_, behind that whose trials are handed out
  std::deque<results::TrialRange> rest_;  ///< of that one
  std::map<std::uint32_t, std::size_t> out_;  ///< stretches in work, by their points
  std::deque<std::uint32_t> ready_;           ///< to be put together
};

}  // namespace truce::study
