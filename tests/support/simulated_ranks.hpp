#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <vector>

#include "study/ranks.hpp"

namespace truce {

/// Ranks that are none: tasks are done here, one after the other, at times that are made up. The
/// rank that is free first is given the next task, as by MPI.
class SimulatedRanks : public study::Ranks {
 public:
  struct Done {
    study::Message answer;
    double seconds = 0;  ///< that it takes
  };
  SimulatedRanks(unsigned workers, std::function<Done(const study::Message&)> work)
      : work_(std::move(work)), free_at_(workers, 0) {}

  [[nodiscard]] unsigned rank() const override { return 0; }
  [[nodiscard]] unsigned workers() const override { return static_cast<unsigned>(free_at_.size()); }
  void serve(const std::function<study::Message(const study::Message&)>&) override {}

  void run(const std::function<std::optional<study::Message>()>& next,
           const std::function<void(const study::Message&, const study::Message&)>& done,
           const std::function<bool()>&) override {
    struct Event {
      double at = 0;
      std::size_t rank = 0;
      study::Message task, answer;
      bool operator<(const Event& other) const { return at > other.at; }
    };
    std::priority_queue<Event> events;
    const auto give = [&](std::size_t rank) {
      auto task = next();
      if (!task) return false;
      Done finished = work_(*task);
      ++messages;
      // What MPI sends: 8 bytes each for kind, sizes and numbers.
      bytes += 8 * (6 + task->numbers.size() + finished.answer.numbers.size());
      worked += finished.seconds;
      free_at_[rank] += finished.seconds;
      events.push({free_at_[rank], rank, std::move(*task), std::move(finished.answer)});
      return true;
    };
    bool more = true;
    for (std::size_t rank = 0; more && rank < free_at_.size(); ++rank) more = give(rank);
    while (!events.empty()) {
      const Event event = events.top();
      events.pop();
      done(event.task, event.answer);
      if (more) more = give(event.rank);
    }
  }

  /// When the last rank has nothing left.
  [[nodiscard]] double end() const { return std::ranges::max(free_at_); }

  std::uint64_t messages = 0;  ///< each way
  std::uint64_t bytes = 0;
  double worked = 0;

 private:
  std::function<Done(const study::Message&)> work_;
  std::vector<double> free_at_;
};

}  // namespace truce
