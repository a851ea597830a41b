#include "ordered_join.hpp"

#include <algorithm>

namespace truce::study {

bool OrderedJoin::take(Ticket& ticket) {
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] { return stopped_ || next_out_ < next_in_ + window_; });
  const std::uint64_t first = next_out_ * block_trials;
  if (stopped_ || first >= trials_) return false;
  ticket.number = next_out_++;
  ticket.work = {.first = first, .count = std::min(block_trials, trials_ - first)};
  if (spare_.empty()) {
    ticket.block = std::make_unique<results::Block>();
  } else {
    ticket.block = std::move(spare_.back());
    spare_.pop_back();
  }
  return true;
}

void OrderedJoin::give(Ticket ticket) {
  std::unique_lock lock(mutex_);
  waiting_.emplace(ticket.number, std::move(ticket.block));
  if (consuming_) return;
  consuming_ = true;
  // The consumer works outside of the lock, so that the others can go on computing.
  while (!waiting_.empty() && waiting_.begin()->first == next_in_) {
    auto block = std::move(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
    const std::uint64_t planned = std::min(block_trials, trials_ - next_in_ * block_trials);
    const bool cut = block->status.size() < planned;
    if (!enough_ && !block->status.empty()) {
      lock.unlock();
      Verdict verdict = Verdict::enough;
      try {
        verdict = consumer_(*block);
      } catch (...) {
        lock.lock();
        consuming_ = false;
        enough_ = stopped_ = true;
        room_.notify_all();
        throw;
      }
      lock.lock();
      joined_ += block->status.size();
      failed_ += static_cast<std::uint64_t>(
          std::ranges::count(block->status, results::Status::failed));
      if (verdict == Verdict::enough) enough_ = stopped_ = true;
    }
    // What comes after a block that was cut does not join it.
    if (cut) enough_ = stopped_ = true;
    ++next_in_;
    spare_.push_back(std::move(block));
    room_.notify_all();
  }
  consuming_ = false;
}

void OrderedJoin::stop() {
  const std::scoped_lock lock(mutex_);
  stopped_ = true;
  room_.notify_all();
}

std::uint64_t OrderedJoin::failed() {
  const std::scoped_lock lock(mutex_);
  return failed_;
}

std::uint64_t OrderedJoin::joined() {
  const std::scoped_lock lock(mutex_);
  return joined_;
}

}  // namespace truce::study
