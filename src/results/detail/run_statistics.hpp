#pragma once

#include <functional>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "results/detail/column_statistics.hpp"
#include "results/detail/control_statistics.hpp"
#include "results/detail/control_timeline.hpp"
#include "results/detail/hdf5.hpp"
#include "results/detail/share_statistics.hpp"
#include "results/detail/stored_block.hpp"
#include "results/schema_check.hpp"
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

/// All statistics of a run, from its blocks to the groups of its file. They consist of parts that
/// are independent of each other: several threads may add to different ones at a time.
class RunStatistics {
 public:
  /// Hands a real column's values over, by its position in the schema. Called by several threads.
  using ColumnPass =
      std::function<void(std::size_t, const std::function<void(std::span<const double>)>&)>;

  explicit RunStatistics(const Schema& schema);

  /// The columns of the schema, the endings and causes, the timelines, and the control variates.
  [[nodiscard]] std::size_t parts() const {
    return columns_.size() + 1 + timelines_.size() + (controls_ ? 1 : 0);
  }
  /// Adds the next block to a part.
  void add(std::size_t part, const StoredBlock& block);
  /// Adds all trials of another one of the same schema.
  void add(const RunStatistics& other);
  /// Adds those of one column to what is counted of it alone, which is of the column's kind.
  template <class AColumn>
  void add_column_to(std::size_t column, AColumn& values) const {
    values.add(std::get<AColumn>(columns_.at(column)));
  }
  /// The same of its control variates; the column is one that they are used for.
  void add_controls_to(std::size_t column, ControlStatistics& controls) const {
    controls.add_outcome(controls_.value(), controlled_place(schema_columns_, column));
  }
  /// As bytes, from which `read` makes the same again.
  void write(ByteWriter& to) const;
  /// Into one that is empty. Throws std::range_error.
  void read(ByteReader& from);
  /// Computed on so many threads.
  [[nodiscard]] RunResults results(const ColumnPass& pass, unsigned threads) const;

 private:
  /// A category other than endings and causes has no statistics.
  using AnyColumn = std::variant<std::monostate, WholeColumn, RealColumn>;

  void add_column(std::size_t column, const StoredBlock& block);
  void add_shares(const StoredBlock& block);
  void add_timeline(std::size_t timeline, const StoredBlock& block);
  void take_controlled(RunResults& results, unsigned threads) const;

  std::vector<Column> schema_columns_;
  std::size_t ending_;
  std::size_t cause_;
  std::size_t duration_;
  std::vector<AnyColumn> columns_;
  ShareStatistics endings_;
  ShareStatistics causes_;
  std::vector<TimelineStatistics> timelines_;
  std::optional<ControlStatistics> controls_;
  std::vector<ControlTimeline> control_timelines_;  ///< of all timelines, or none
};

}  // namespace truce::results
