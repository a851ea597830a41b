#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "results/block.hpp"
#include "results/detail/stored_block.hpp"
#include "results/schema.hpp"

namespace truce::results {

/// Blocks on their way into a file. Each is converted by whoever is free; then parts of the work
/// that are independent of each other, such as columns, take in all blocks, in order, each by one
/// thread at a time. So any number of threads share the work, and what a part sees does not depend
/// on them.
class BlockLine {
 public:
  using Blocks = std::span<const std::shared_ptr<const StoredBlock>>;
  /// Takes the next blocks into a part. Called by several threads, for different parts.
  using Part = std::function<void(std::size_t part, Blocks blocks)>;

  /// The schema is that of the blocks, and must outlive this.
  BlockLine(const Schema& schema, std::size_t parts, Part part);

  void push(Block block);
  /// Converts a block, or gives a part its next blocks where there are `least` or more of them.
  /// False where there is nothing to do at present. Throws what that throws.
  bool help(std::size_t least);
  /// Blocks that some part has not taken in.
  [[nodiscard]] std::size_t waiting() const;

 private:
  struct Entry {
    std::shared_ptr<const Block> block;         ///< until it is converted
    std::shared_ptr<const StoredBlock> stored;  ///< from then on
  };
  struct Progress {
    std::size_t done = 0;  ///< blocks
    bool busy = false;
  };

  bool convert_one(std::unique_lock<std::mutex>& lock);
  bool serve_part(std::size_t least, std::unique_lock<std::mutex>& lock);

  const Schema& schema_;
  Part part_;
  mutable std::mutex mutex_;
  std::deque<Entry> entries_;
  std::size_t first_ = 0;       ///< number of the first entry: those before it are done
  std::size_t to_convert_ = 0;  ///< number of the next block that nobody converts
  std::size_t converted_ = 0;   ///< blocks converted without a gap
  std::vector<Progress> parts_;
};

}  // namespace truce::results
