#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "results/block.hpp"
#include "results/detail/stored_block.hpp"

namespace truce::results {

/// Blocks on their way into a file. Each is converted by whoever is free; then parts of the work
/// that are independent of each other, such as columns, take in all blocks, in order, each by one
/// thread at a time. So any number of threads share the work, and what a part sees does not depend
/// on them; nor does the error, where blocks cannot be converted: it is that of the first of them.
class BlockLine {
 public:
  using Blocks = std::span<const std::shared_ptr<const StoredBlock>>;
  /// Called by several threads at a time.
  using Convert = std::function<StoredBlock(const Block&)>;
  /// Takes the next blocks into a part. Called by several threads, for different parts.
  using Part = std::function<void(std::size_t part, Blocks blocks)>;

  BlockLine(std::size_t parts, Convert convert, Part part);

  void push(Block block);
  /// Converts a block, or gives a part its next blocks where there are `least` or more of them.
  /// False where there is nothing to do at present. Throws what a part throws, and what a
  /// conversion throws once all blocks before are converted; from then on always the same.
  bool help(std::size_t least);
  /// The same for any number of blocks; where there is nothing to do, waits until one of the others
  /// that help has done its piece. False where nobody does anything.
  bool help_or_wait();
  /// Blocks that some part has not taken in.
  [[nodiscard]] std::size_t waiting() const;

 private:
  struct Entry {
    std::shared_ptr<const Block> block;         ///< until it is converted
    std::shared_ptr<const StoredBlock> stored;  ///< from then on
    std::exception_ptr error;                   ///< or this
  };
  struct Progress {
    std::size_t done = 0;  ///< blocks
    bool busy = false;
  };
  using Lock = std::unique_lock<std::mutex>;

  bool help(std::size_t least, Lock& lock);
  bool convert_one(Lock& lock);
  bool serve_part(std::size_t least, Lock& lock);
  /// Does a piece of work without the lock. Returns what it throws.
  std::exception_ptr without(Lock& lock, const std::function<void()>& work);
  /// Throws `error`, now and whenever somebody is to help.
  [[noreturn]] void fail(std::exception_ptr error);

  Convert convert_;
  Part part_;
  mutable std::mutex mutex_;
  std::condition_variable moved_;  ///< a piece of work is done
  std::size_t helping_ = 0;        ///< threads that do one
  std::exception_ptr error_;
  std::deque<Entry> entries_;
  std::size_t first_ = 0;       ///< number of the first entry: those before it are done
  std::size_t to_convert_ = 0;  ///< number of the next block that nobody converts
  std::size_t converted_ = 0;   ///< blocks converted without a gap
  std::vector<Progress> parts_;
};

}  // namespace truce::results
