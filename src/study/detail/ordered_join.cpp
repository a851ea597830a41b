#include "study/detail/ordered_join.hpp"

#include <algorithm>
#include <cmath>

namespace truce::study {

namespace {

// What a piece should not exceed.
constexpr double most_bytes = 4 << 20U;
constexpr double most_seconds = 0.1;

double bytes_of(const results::Block& block) {
  std::size_t bytes = block.segments.size() * sizeof(results::TimelineSegment) +
                      block.chronicle.size() * sizeof(results::ChronicleRow);
  for (const auto* columns : {&block.columns, &block.drawn}) {
    for (const auto& column : *columns) bytes += column.size() * sizeof(double);
  }
  for (const results::ChronicleRow& row : block.chronicle) {
    bytes += row.what.size() + row.who.size() + row.why.size();
  }
  return static_cast<double>(bytes);
}

}  // namespace

bool OrderedJoin::take(Ticket& ticket) {
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] { return stopped_ || next_out_ < next_in_ + window_; });
  if (stopped_ || next_trial_ >= trials_) return false;
  // No piece reaches over the end of a block.
  const std::uint64_t border = (next_trial_ / block_trials + 1) * block_trials;
  const std::uint64_t end = std::min({next_trial_ + piece_, border, trials_});
  ticket.number = next_out_++;
  ticket.work = {.first = next_trial_, .count = end - next_trial_};
  next_trial_ = end;
  if (spare_.empty()) {
    ticket.block = std::make_unique<results::Block>();
  } else {
    ticket.block = std::move(spare_.back());
    spare_.pop_back();
  }
  ticket.taken = Clock::now();
  return true;
}

void OrderedJoin::measure(const Ticket& ticket) {
  const double trials = static_cast<double>(ticket.block->status.size());
  if (trials == 0) return;
  // Of time the mean counts: one trial that waits for a processor is no slow one.
  seconds_ += std::chrono::duration<double>(Clock::now() - ticket.taken).count();
  measured_ += trials;
  most_bytes_ = std::max(most_bytes_, bytes_of(*ticket.block) / trials);
  const double cost =
      std::max(most_bytes_ / most_bytes, seconds_ / measured_ / most_seconds);  // in pieces
  // What few trials cost tells little of many.
  const double most = static_cast<double>(std::min(2 * piece_, block_trials));
  piece_ = static_cast<std::uint64_t>(std::clamp(std::floor(1 / cost), 1.0, most));
}

void OrderedJoin::consume(const Ticket& ticket, std::unique_lock<std::mutex>& lock) {
  const std::uint64_t trials = ticket.block->status.size();
  if (!enough_ && trials > 0) {
    lock.unlock();
    Verdict verdict = Verdict::enough;
    try {
      verdict = consumer_(*ticket.block);
    } catch (...) {
      lock.lock();
      consuming_ = false;
      enough_ = stopped_ = true;
      room_.notify_all();
      throw;
    }
    lock.lock();
    joined_ += trials;
    failed_ += static_cast<std::uint64_t>(
        std::ranges::count(ticket.block->status, results::Status::failed));
    last_block_ = last_block_ || verdict == Verdict::enough;
    if (last_block_ && (ticket.work.first + trials) % block_trials == 0) enough_ = stopped_ = true;
  }
  // What comes after a piece that was cut does not join it.
  if (trials < ticket.work.count) enough_ = stopped_ = true;
}

void OrderedJoin::give(Ticket ticket) {
  std::unique_lock lock(mutex_);
  measure(ticket);
  const std::uint64_t number = ticket.number;
  waiting_.emplace(number, std::move(ticket));
  if (consuming_) return;
  consuming_ = true;
  // The consumer works outside of the lock, so that the others can go on computing.
  while (!waiting_.empty() && waiting_.begin()->first == next_in_) {
    auto next = waiting_.extract(waiting_.begin());
    consume(next.mapped(), lock);
    ++next_in_;
    spare_.push_back(std::move(next.mapped().block));
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
