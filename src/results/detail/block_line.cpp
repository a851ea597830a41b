#include "results/detail/block_line.hpp"

#include <algorithm>
#include <utility>

namespace truce::results {

BlockLine::BlockLine(std::size_t parts, Convert convert, Part part)
    : convert_(std::move(convert)), part_(std::move(part)), parts_(parts) {}

void BlockLine::push(Block block) {
  auto shared = std::make_shared<const Block>(std::move(block));
  const std::scoped_lock lock(mutex_);
  entries_.push_back({.block = std::move(shared), .stored = nullptr, .error = nullptr});
}

std::size_t BlockLine::waiting() const {
  const std::scoped_lock lock(mutex_);
  return entries_.size();
}

bool BlockLine::help(std::size_t least) {
  Lock lock(mutex_);
  return help(least, lock);
}

bool BlockLine::help_or_wait() {
  Lock lock(mutex_);
  if (help(1, lock)) return true;
  if (helping_ == 0) return false;
  moved_.wait(lock);
  return true;
}

bool BlockLine::help(std::size_t least, Lock& lock) {
  if (error_) std::rethrow_exception(error_);
  return convert_one(lock) || serve_part(least, lock);
}

bool BlockLine::convert_one(Lock& lock) {
  if (to_convert_ == first_ + entries_.size()) return false;
  const std::size_t number = to_convert_++;
  auto block = std::move(entries_[number - first_].block);
  std::shared_ptr<const StoredBlock> stored;
  auto error = without(lock, [&] {
    stored = std::make_shared<const StoredBlock>(convert_(*block));
    block.reset();
  });
  entries_[number - first_].stored = std::move(stored);
  entries_[number - first_].error = std::move(error);
  for (; converted_ < first_ + entries_.size(); ++converted_) {
    const Entry& entry = entries_[converted_ - first_];
    if (entry.error) fail(entry.error);
    if (!entry.stored) break;
  }
  return true;
}

bool BlockLine::serve_part(std::size_t least, Lock& lock) {
  std::size_t next = parts_.size();
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    if (parts_[p].busy) continue;
    if (next == parts_.size() || parts_[p].done < parts_[next].done) next = p;
  }
  if (next == parts_.size() || converted_ < parts_[next].done + std::max<std::size_t>(least, 1)) {
    return false;
  }
  Progress& part = parts_[next];
  std::vector<std::shared_ptr<const StoredBlock>> blocks;
  for (std::size_t i = part.done; i < converted_; ++i)
    blocks.push_back(entries_[i - first_].stored);
  const std::size_t count = blocks.size();
  part.busy = true;
  const auto error = without(lock, [&] {
    part_(next, blocks);
    blocks.clear();
  });
  if (error) fail(error);
  part.busy = false;
  part.done += count;
  const std::size_t all = std::ranges::min(parts_, {}, &Progress::done).done;
  for (; first_ < all; ++first_) entries_.pop_front();
  return true;
}

std::exception_ptr BlockLine::without(Lock& lock, const std::function<void()>& work) {
  ++helping_;
  lock.unlock();
  std::exception_ptr error;
  try {
    work();
  } catch (...) {
    error = std::current_exception();
  }
  lock.lock();
  --helping_;
  moved_.notify_all();
  return error;
}

void BlockLine::fail(std::exception_ptr error) {
  if (!error_) error_ = std::move(error);
  std::rethrow_exception(error_);
}

}  // namespace truce::results
