#pragma once

#include <algorithm>
#include <cstdint>

namespace truce::study {

/// How many things, of which each takes some time, a rank should be given at once: few at first,
/// whose time is then known; then more as the whole takes longer, so that tasks are not too many;
/// and towards the end ever fewer, so that nobody waits long for the last one.
class TaskSize {
 public:
  /// `most_seconds` is what a task should take at most.
  TaskSize(unsigned workers, double most_seconds)
      : workers_(std::max(1U, workers)), most_seconds_(most_seconds) {}

  /// Learns from a finished task what things take.
  void measure(std::uint64_t things, double seconds) {
    things_ += things;
    seconds_ += seconds;
  }
  /// The size of the next task, 1 at least, where so many are left.
  [[nodiscard]] std::uint64_t next(std::uint64_t left) const {
    const std::uint64_t share = std::max<std::uint64_t>(1, left / (2 * workers_));
    if (things_ == 0) return std::min(share, first_size);
    // A tenth of what each has worked so far: some tens of tasks for each in all.
    const double own = seconds_ / static_cast<double>(workers_);
    const double target = std::clamp(own / 10, first_seconds, std::max(most_seconds_, 1.0));
    const std::uint64_t size = std::min(share, in_seconds(target));
    // A file for less than this costs more than it saves.
    return std::min(std::max(size, in_seconds(last_seconds)), std::max<std::uint64_t>(1, left));
  }

 private:
  static constexpr std::uint64_t first_size = 256;
  static constexpr double first_seconds = 1;
  static constexpr double last_seconds = 0.25;

  /// Things that take so long, 1 at least.
  [[nodiscard]] std::uint64_t in_seconds(double seconds) const {
    const double things = seconds * static_cast<double>(things_) / std::max(seconds_, 1e-6);
    return static_cast<std::uint64_t>(std::clamp(things, 1.0, 1e15));
  }

  std::uint64_t workers_;
  double most_seconds_;
  std::uint64_t things_ = 0;
  double seconds_ = 0;
};

}  // namespace truce::study
