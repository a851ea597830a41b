#include "ordered_join.hpp"

#include <algorithm>

namespace truce::study {

Work OrderedJoin::work_of(std::uint64_t number) const {
  const std::uint64_t first = std::max(first_, number * block_trials);
  const std::uint64_t end = std::min(trials_, (number + 1) * block_trials);
  return {.first = first, .count = end > first ? end - first : 0};
}

bool OrderedJoin::take(Ticket& ticket) {
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] { return stopped_ || next_out_ < next_in_ + window_; });
  const Work work = work_of(next_out_);
  if (stopped_ || work.count == 0) return false;
  ticket.number = next_out_++;
  ticket.work = work;
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
    const bool cut = block->status.size() < work_of(next_in_).count;
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
      failed_ +=
          static_cast<std::uint64_t>(std::ranges::count(block->status, results::Status::failed));
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
