#include "results/detail/block_line.hpp"

#include <algorithm>
#include <utility>

namespace truce::results {

BlockLine::BlockLine(const Schema& schema, std::size_t parts, Part part)
    : schema_(schema), part_(std::move(part)), parts_(parts) {}

void BlockLine::push(Block block) {
  auto shared = std::make_shared<const Block>(std::move(block));
  const std::scoped_lock lock(mutex_);
  entries_.push_back({.block = std::move(shared), .stored = nullptr});
}

std::size_t BlockLine::waiting() const {
  const std::scoped_lock lock(mutex_);
  return entries_.size();
}

bool BlockLine::help(std::size_t least) {
  std::unique_lock lock(mutex_);
  return convert_one(lock) || serve_part(least, lock);
}

bool BlockLine::convert_one(std::unique_lock<std::mutex>& lock) {
  if (to_convert_ == first_ + entries_.size()) return false;
  const std::size_t number = to_convert_++;
  auto block = std::move(entries_[number - first_].block);
  lock.unlock();
  auto result = std::make_shared<const StoredBlock>(stored(*block, schema_));
  block.reset();
  lock.lock();
  entries_[number - first_].stored = std::move(result);
  while (converted_ < first_ + entries_.size() && entries_[converted_ - first_].stored) {
    ++converted_;
  }
  return true;
}

bool BlockLine::serve_part(std::size_t least, std::unique_lock<std::mutex>& lock) {
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
  part.busy = true;
  lock.unlock();
  part_(next, blocks);
  const std::size_t count = blocks.size();
  blocks.clear();
  lock.lock();
  part.busy = false;
  part.done += count;
  const std::size_t all = std::ranges::min(parts_, {}, &Progress::done).done;
  for (; first_ < all; ++first_) entries_.pop_front();
  return true;
}

}  // namespace truce::results
