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
  Data(const Schema& of, const std::optional<TrialRange>& in_part)
      : schema(&of), stretch(in_part), statistics(std::in_place, of) {
    columns.resize(of.columns.size());
  }

  /// Rows that the next so many trials keep.
  [[nodiscard]] std::uint64_t rows_of_next(std::uint64_t count) const {
    const std::uint64_t next = first() + trials;
    return rows_kept(*schema, TrialRange{next, next + count});
  }
  /// Adds the first values of a column, of so many rows.
  void keep(std::size_t column, const StoredValues& values, std::uint64_t rows);
  void keep(const std::vector<Status>& of_trials, std::uint64_t rows);

  /// The number of the first trial.
  [[nodiscard]] std::uint64_t first() const { return stretch ? stretch->first : 0; }

  const Schema* schema;
  std::optional<TrialRange> stretch;        ///< of a point in part
  std::optional<RunStatistics> statistics;  ///< until finished; of a point in part also then
  std::vector<StoredValues> columns;        ///< [column][trial], of those that keep their rows
  std::vector<std::int8_t> status;          ///< of these
  std::uint64_t trials = 0;
  std::uint64_t failed = 0;
  FailureCounts failures;
  RunResults results;  ///< when finished
  std::optional<PrecisionReached> reached;
};

}  // namespace truce::results
