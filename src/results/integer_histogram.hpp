#pragma once

#include <cstdint>
#include <vector>

#include "results/integer_map.hpp"
#include "results/moments.hpp"
#include "results/quantiles.hpp"

namespace truce::results {

/// Exact counts of whole numbers; everything else about them follows from these, whatever the
/// order in which they came.
class IntegerHistogram {
 public:
  struct Entry {
    std::int64_t value = 0;
    std::uint64_t count = 0;
    bool operator==(const Entry&) const = default;
  };

  void add(std::int64_t value, std::uint64_t count = 1) { counts_[value] += count; }

  /// The values that occurred, ascending.
  [[nodiscard]] std::vector<Entry> entries() const;

 private:
  IntegerMap<std::uint64_t> counts_;
};

/// Of entries in ascending order; NaN without entries.
Moments moments_of(const std::vector<IntegerHistogram::Entry>& entries);
Quantiles quantiles_of(const std::vector<IntegerHistogram::Entry>& entries);
/// Unbounded where there are too few values.
QuantileIntervals quantile_intervals_of(const std::vector<IntegerHistogram::Entry>& entries);

}  // namespace truce::results
