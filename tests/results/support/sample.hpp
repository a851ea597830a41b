#pragma once

#include <cstdint>
#include <filesystem>

#include "results/block.hpp"
#include "results/schema.hpp"

namespace truce::test {

/// Made-up trials for tests of results: every kind of column and of timeline, missing values and
/// failed trials. A trial follows from its number alone.
class Sample {
 public:
  /// `wide`: 80 columns, mostly small counts, and six timelines over 400 days, none failed.
  enum class Size { small, wide };

  /// The events of so many trials are told, if small.
  Sample(std::uint64_t trials, Size size, std::uint64_t chronicle = 3);

  [[nodiscard]] const results::Schema& schema() const { return schema_; }
  /// Trials [first, first + count).
  [[nodiscard]] results::Block block(std::uint64_t first, std::uint64_t count) const;

  /// Writes all trials in blocks of so many, compressing on so many threads.
  void write(const std::filesystem::path& file, std::uint64_t block_size = 1024,
             unsigned threads = 2) const;

 private:
  [[nodiscard]] double value(std::size_t column, std::uint64_t trial) const;

  results::Schema schema_;
  Size size_;
  std::uint64_t chronicle_;
};

}  // namespace truce::test
