#pragma once

#include <cstdint>
#include <deque>
#include <iterator>
#include <map>
#include <optional>

#include "results/run_writer.hpp"

namespace truce::study {

/// Which finished parts of a run follow one another and are enough for a rank to put them together,
/// so that rank 0 joins few files and few lie about.
class PartGroups {
 public:
  static constexpr std::uint64_t parts_together = 256;

  /// A part is given out: the one after the last, or one after a gap.
  void begin(const results::TrialRange& part) {
    if (groups_.empty() || !open_ || last().trials.end != part.first) {
      groups_.emplace(part.first, Group{.trials = part});
      open_ = true;
    }
    Group& group = last();
    group.trials.end = part.end;
    if (++group.parts == parts_together) open_ = false;
  }
  /// It is finished.
  void end(const results::TrialRange& part) {
    const auto at = std::prev(groups_.upper_bound(part.first));
    Group& group = at->second;
    if (++group.finished < parts_together) return;
    ready_.push_back(group.trials);
    groups_.erase(at);
  }
  /// Trials whose parts are to be put together; nothing where there are none at present.
  std::optional<results::TrialRange> next() {
    if (ready_.empty()) return {};
    const results::TrialRange trials = ready_.front();
    ready_.pop_front();
    return trials;
  }
  /// No part comes any more: what is finished is ready, though it may be few.
  void finish() {
    for (const auto& [first, group] : groups_) {
      if (group.parts >= worth_it && group.finished == group.parts) ready_.push_back(group.trials);
    }
    groups_.clear();
    open_ = false;
  }

 private:
  static constexpr std::uint64_t worth_it = parts_together / 4;

  struct Group {
    results::TrialRange trials;
    std::uint64_t parts = 0;
    std::uint64_t finished = 0;
  };

  Group& last() { return std::prev(groups_.end())->second; }

  std::map<std::uint64_t, Group> groups_;  ///< by their first trial
  bool open_ = false;                      ///< the last of them takes parts
  std::deque<results::TrialRange> ready_;
};

}  // namespace truce::study
