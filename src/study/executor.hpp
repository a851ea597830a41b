#pragma once

#include <functional>
#include <optional>

#include "base/ordered_join.hpp"
#include "study/unit.hpp"

namespace truce::study {

/// Units that are to be run. All members may be called by any thread.
class Job {
 public:
  /// Runs units, for one thread at a time.
  using Worker = std::function<FinishedUnit(const Unit&)>;
  using Room = base::Room;

  virtual ~Job() = default;

  /// The next unit; nothing where none is left.
  virtual std::optional<Unit> take(Room room) = 0;
  /// Makes a worker, which needs nothing of any other.
  virtual Worker worker() = 0;
  /// Takes a unit back, in any order. Throws what those throw who receive the trials.
  virtual void give(FinishedUnit finished) = 0;
  /// Does a piece of what joined units have left to do; false where there is none at present.
  virtual bool help() = 0;
  /// No more units are handed out.
  virtual void stop() = 0;
  /// To be called several times per second from the thread that called `Executor::run`.
  virtual void tick() = 0;
};

/// Who runs the units of a job in this process: threads, or a test in an order of its own. What is
/// run, and what comes of it, does not depend on it.
class Executor {
 public:
  virtual ~Executor() = default;
  /// Units that may be out at a time.
  [[nodiscard]] virtual std::size_t window() const = 0;
  /// Runs all units of a job, and returns how many workers did. Throws what a worker throws.
  virtual unsigned run(Job& job) = 0;
};

/// Runs units on threads of this process.
class Threads : public Executor {
 public:
  /// 0: as many as the machine has.
  explicit Threads(unsigned threads);

  [[nodiscard]] std::size_t window() const override;
  unsigned run(Job& job) override;

 private:
  unsigned threads_;
};

}  // namespace truce::study
