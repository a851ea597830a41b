#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>

namespace truce::study {

/// Hands out the numbers 0, 1, ... and brings what becomes of them back into that order; nobody may
/// run further ahead of it than a window, so that memory is bounded.
template <class Result>
class PointQueue {
 public:
  PointQueue(std::size_t count, std::size_t window,
             std::function<void(std::size_t, Result)> consumer)
      : count_(count), window_(window), consumer_(std::move(consumer)) {}

  /// The next number, or false when there is no more to do. May wait for the window.
  bool take(std::size_t& number) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return stopped_ || next_out_ < next_in_ + window_; });
    if (stopped_ || next_out_ >= count_) return false;
    number = next_out_++;
    return true;
  }

  /// The consumer is called from whoever completes the sequence, one at a time. What it throws is
  /// thrown here, and the queue is stopped.
  void give(std::size_t number, Result result) {
    std::unique_lock lock(mutex_);
    waiting_.emplace(number, std::move(result));
    if (consuming_) return;
    consuming_ = true;
    while (!waiting_.empty() && waiting_.begin()->first == next_in_ && !stopped_) {
      auto node = waiting_.extract(waiting_.begin());
      lock.unlock();
      try {
        consumer_(node.key(), std::move(node.mapped()));
      } catch (...) {
        stop();
        throw;
      }
      lock.lock();
      ++next_in_;
      room_.notify_all();
    }
    consuming_ = false;
  }

  void stop() {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
    room_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable room_;
  std::size_t count_;
  std::size_t window_;
  std::function<void(std::size_t, Result)> consumer_;
  std::map<std::size_t, Result> waiting_;
  std::size_t next_out_ = 0;
  std::size_t next_in_ = 0;
  bool consuming_ = false;
  bool stopped_ = false;
};

}  // namespace truce::study
