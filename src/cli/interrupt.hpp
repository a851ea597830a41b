#pragma once

#include <atomic>

namespace truce::cli {

/// What SIGINT, SIGTERM and SIGHUP do for as long as a guard lives.
enum class OnSignal {
  finish,  ///< The first raises the flag, so that what is finished is kept. One that comes a second
           ///< later, or more, says so and is `give_up`; what comes sooner is the same wish.
  give_up  ///< Removes the files in work, and ends the process with ExitCode::interrupted.
};

class InterruptGuard {
 public:
  explicit InterruptGuard(OnSignal action);
  ~InterruptGuard();
  InterruptGuard(const InterruptGuard&) = delete;
  InterruptGuard& operator=(const InterruptGuard&) = delete;

  [[nodiscard]] const std::atomic<bool>& flag() const;
};

}  // namespace truce::cli
