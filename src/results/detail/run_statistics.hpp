#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <variant>
#include <vector>

#include "results/detail/column_statistics.hpp"
#include "results/detail/hdf5.hpp"
#include "results/detail/share_statistics.hpp"
#include "results/detail/trial_columns.hpp"
#include "results/timeline_statistics.hpp"

namespace truce::results {

/// What is known of a run's outcomes when all its trials are in.
struct RunResults {
  std::vector<ColumnResult> outcomes;  ///< of the columns that are no categories
  std::vector<Share> endings;
  std::vector<Share> causes;
  std::vector<TimelineSummary> timelines;
};

/// The groups /summary, /distributions, /endings, /causes, /timelines.
void write_statistics(hid_t root, const Schema& schema, const RunResults& results);

/// All statistics of a run, from its blocks to the groups of its file. Timelines are independent of
/// each other, so that several threads can count them.
class RunStatistics {
 public:
  /// Hands a real column's values over, by its position in the schema. Called by several threads.
  using ColumnPass =
      std::function<void(std::size_t, const std::function<void(std::span<const double>)>&)>;

  RunStatistics(const Schema& schema, unsigned threads);

  /// `columns` are those of the block as stored.
  void add(const Block& block, const std::vector<StoredValues>& columns);
  [[nodiscard]] RunResults results(const ColumnPass& pass) const;

  [[nodiscard]] std::uint64_t failed() const { return failed_; }

 private:
  /// A category other than endings and causes has no statistics.
  using AnyColumn = std::variant<std::monostate, WholeColumn, RealColumn>;

  void add_shares(const Block& block);
  void add_timelines(const Block& block);

  unsigned threads_;
  std::vector<Column> schema_columns_;
  std::size_t ending_;
  std::size_t cause_;
  std::size_t duration_;
  std::uint64_t failed_ = 0;
  std::vector<AnyColumn> columns_;
  ShareStatistics endings_;
  ShareStatistics causes_;
  std::vector<TimelineStatistics> timelines_;
};

}  // namespace truce::results
