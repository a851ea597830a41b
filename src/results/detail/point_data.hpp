#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "results/detail/run_statistics.hpp"
#include "results/detail/stored_block.hpp"
#include "results/failures.hpp"
#include "results/point_results.hpp"

namespace truce::results {

struct PointResults::Data {
  explicit Data(const Schema& of) : schema(&of), statistics(std::in_place, of) {
    columns.resize(of.columns.size());
  }

  /// Adds the first values of a column, of so many rows.
  void keep(std::size_t column, const StoredValues& values, std::uint64_t rows);
  void keep(const std::vector<Status>& of_trials, std::uint64_t rows);

  const Schema* schema;
  std::optional<RunStatistics> statistics;  ///< until finished
  std::vector<StoredValues> columns;        ///< [column][trial], of those that keep their rows
  std::vector<std::int8_t> status;          ///< of these
  std::uint64_t trials = 0;
  std::uint64_t failed = 0;
  FailureCounts failures;
  RunResults results;  ///< when finished
  std::optional<PrecisionReached> reached;
};

}  // namespace truce::results
