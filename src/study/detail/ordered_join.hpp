#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "results/block.hpp"
#include "study/run.hpp"

namespace truce::study {

/// Hands out blocks of trials, or pieces of them, in order and takes the finished ones back in any
/// order; the consumer sees them in order. Memory is bounded: nobody may run further ahead of the
/// join than a window, and trials that take much memory, or long, are handed out in small pieces.
class OrderedJoin {
 public:
  using Clock = std::chrono::steady_clock;

  /// Trials first to trials - 1.
  OrderedJoin(std::uint64_t first, std::uint64_t trials, std::size_t window,
              std::function<Verdict(const results::Block&)> consumer)
      : trials_(trials), window_(window), consumer_(std::move(consumer)), next_trial_(first) {}

  struct Ticket {
    std::uint64_t number = 0;
    Work work;
    std::unique_ptr<results::Block> block;
    Clock::time_point taken;
  };

  /// The next piece to run, or false when there is no more to do. May wait for the window.
  bool take(Ticket& ticket);
  /// Gives a finished piece back, or the first trials of it, after which no more is joined. The
  /// consumer is called from whoever completes the sequence.
  void give(Ticket ticket);
  /// No further pieces are handed out; those taken are still joined.
  void stop();

  /// Trials joined so far, and how many of them failed.
  std::uint64_t joined();
  std::uint64_t failed();

 private:
  /// Learns from a finished piece how many trials the next ones should have.
  void measure(const Ticket& ticket);
  /// Has the consumer take a piece; the lock is open meanwhile.
  void consume(const Ticket& ticket, std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable room_;
  std::uint64_t trials_;
  std::uint64_t window_;
  std::function<Verdict(const results::Block&)> consumer_;
  std::uint64_t next_trial_;
  std::uint64_t next_out_ = 0;
  std::uint64_t next_in_ = 0;
  std::uint64_t joined_ = 0;
  std::uint64_t failed_ = 0;
  double most_bytes_ = 0;  ///< of a trial, as a mean over a piece
  double seconds_ = 0;     ///< that the measured trials took
  double measured_ = 0;
  std::uint64_t piece_ = 1;  ///< trials
  bool stopped_ = false;
  bool consuming_ = false;
  bool last_block_ = false;  ///< the consumer has enough once it has the present one
  bool enough_ = false;
  std::map<std::uint64_t, Ticket> waiting_;
  std::vector<std::unique_ptr<results::Block>> spare_;
};

}  // namespace truce::study
