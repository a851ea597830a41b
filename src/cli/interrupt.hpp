#pragma once

#include <atomic>

namespace truce::cli {

/// Turns the first SIGINT or SIGTERM into a flag for as long as it lives; a second one kills.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  [[nodiscard]] const std::atomic<bool>& flag() const;
};

}  // namespace truce::cli
