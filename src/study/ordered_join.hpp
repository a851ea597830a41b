#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "truce/results/block.hpp"
#include "truce/study/run.hpp"

namespace truce::study {

/// Hands out blocks of work in order and takes the finished ones back in any order; the consumer
/// sees them in order. Memory is bounded: nobody may run further ahead of the join than a window.
class OrderedJoin {
 public:
  /// Trials first to trials - 1.
  OrderedJoin(std::uint64_t first, std::uint64_t trials, std::size_t window,
              std::function<Verdict(const results::Block&)> consumer)
      : first_(first),
        trials_(trials),
        window_(window),
        consumer_(std::move(consumer)),
        next_out_(first / block_trials),
        next_in_(next_out_) {}

  struct Ticket {
    std::uint64_t number = 0;
    Work work;
    std::unique_ptr<results::Block> block;
  };

  /// The next block to run, or false when there is no more to do. May wait for the window.
  bool take(Ticket& ticket);
  /// Gives a finished block back, or the first trials of it, after which no more is joined. The
  /// consumer is called from whoever completes the sequence.
  void give(Ticket ticket);
  /// No further blocks are handed out; those taken are still joined.
  void stop();

  /// Trials joined so far, and how many of them failed.
  std::uint64_t joined();
  std::uint64_t failed();

 private:
  /// What is to be run of the block of that number.
  [[nodiscard]] Work work_of(std::uint64_t number) const;

  std::mutex mutex_;
  std::condition_variable room_;
  std::uint64_t first_;
  std::uint64_t trials_;
  std::uint64_t window_;
  std::function<Verdict(const results::Block&)> consumer_;
  std::uint64_t next_out_;
  std::uint64_t next_in_;
  std::uint64_t joined_ = 0;
  std::uint64_t failed_ = 0;
  bool stopped_ = false;
  bool consuming_ = false;
  bool enough_ = false;
  std::map<std::uint64_t, std::unique_ptr<results::Block>> waiting_;
  std::vector<std::unique_ptr<results::Block>> spare_;
};

}  // namespace truce::study
