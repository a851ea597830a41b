#pragma once

#include <cstdint>
#include <limits>
#include <variant>
#include <vector>

#include "results/block.hpp"
#include "results/schema.hpp"

namespace truce::results {

// What a failed trial has in columns that cannot hold NaN; the attribute `failed_value`.
inline constexpr std::int32_t failed_integer = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int8_t failed_code = -1;  ///< of yes/no and categories

/// The values of a column for the trials of a block, as they are stored.
using StoredValues =
    std::variant<std::vector<double>, std::vector<std::int32_t>, std::vector<std::int8_t>>;

/// The value that a timeline has from `day` on in that trial of a block.
struct TimelineChange {
  std::uint32_t trial = 0;
  std::uint32_t day = 0;
  double value = 0;
};

/// A block by columns and timelines, which are independent of each other from here on.
struct StoredBlock {
  std::uint64_t first = 0;
  std::vector<Status> status;
  std::vector<StoredValues> columns;                   ///< [column of the schema]
  std::vector<std::vector<double>> drawn;              ///< [drawn parameter]
  std::vector<std::vector<double>> controls;           ///< [control variate]
  std::vector<std::vector<TimelineChange>> timelines;  ///< [timeline], in the order of trials
};

/// Throws std::range_error where columns cannot hold values, which names the first trial with such
/// a value and the first outcome of it; std::logic_error where the block is misshapen.
StoredBlock stored(const Block& block, const Schema& schema);

}  // namespace truce::results
