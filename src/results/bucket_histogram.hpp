#pragma once

#include <cstdint>
#include <vector>

#include "results/bucket.hpp"

namespace truce::results {

/// Counts of real numbers per bucket with the range seen in each: bounded memory, whatever the
/// numbers, and enough to know in which bucket a quantile lies. Independent of the order.
class BucketHistogram {
 public:
  struct Entry {
    double min = 0;
    double max = 0;
    std::uint64_t count = 0;
    bool operator==(const Entry&) const = default;
  };

  /// x may be infinite, not NaN.
  void add(double x);
  /// Numbers of one bucket, some of them.
  void add(const Entry& entry);

  /// The buckets that hold numbers, ascending.
  [[nodiscard]] std::vector<Entry> entries() const;
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  BucketMap<Entry> entries_;
  std::uint64_t count_ = 0;
};

}  // namespace truce::results
