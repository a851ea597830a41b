#include "results/detail/run_statistics.hpp"

#include <algorithm>
#include <type_traits>

#include "results/detail/group_summary.hpp"
#include "results/detail/group_timelines.hpp"
#include "results/detail/parallel.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

RunStatistics::RunStatistics(const Schema& schema, unsigned threads)
    : threads_(threads),
      schema_columns_(schema.columns),
      ending_(column_index(schema, "ending")),
      cause_(column_index(schema, "cause")),
      duration_(column_index(schema, "duration")),
      endings_(schema.columns[ending_].labels, days_of(schema)),
      causes_(schema.columns[cause_].labels, days_of(schema)) {
  for (const Column& column : schema.columns) {
    if (column.kind == ColumnKind::category) {
      columns_.emplace_back();
    } else if (column.kind == ColumnKind::real) {
      columns_.emplace_back(RealColumn());
    } else {
      columns_.emplace_back(WholeColumn(column.kind));
    }
  }
  for (const Timeline& timeline : schema.timelines) {
    timelines_.emplace_back(days_of(schema),
                            timeline.integer ? TimelineValues::whole : TimelineValues::real,
                            schema.timelines.size());
  }
}

void RunStatistics::add(const Block& block, const std::vector<StoredValues>& columns) {
  failed_ += static_cast<std::uint64_t>(std::ranges::count(block.status, Status::failed));
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const auto add_to = [&](auto& column, const auto& values) {
      for (std::size_t i = 0; i < values.size(); ++i) {
        if (block.status[i] != Status::failed) column.add(values[i]);
      }
    };
    std::visit(
        [&]<class AColumn>(AColumn& column) {
          if constexpr (std::is_same_v<AColumn, RealColumn>) {
            add_to(column, std::get<std::vector<double>>(columns[c]));
          } else if constexpr (std::is_same_v<AColumn, WholeColumn>) {
            if (const auto* codes = std::get_if<std::vector<std::int8_t>>(&columns[c])) {
              add_to(column, *codes);
            } else {
              add_to(column, std::get<std::vector<std::int32_t>>(columns[c]));
            }
          }
        },
        columns_[c]);
  }
  add_shares(block);
  add_timelines(block);
}

void RunStatistics::add_shares(const Block& block) {
  for (std::size_t i = 0; i < block.status.size(); ++i) {
    if (block.status[i] == Status::failed) continue;
    const double duration = block.columns[duration_][i];
    endings_.add(static_cast<std::size_t>(block.columns[ending_][i]), duration);
    causes_.add(static_cast<std::size_t>(block.columns[cause_][i]), duration);
  }
}

void RunStatistics::add_timelines(const Block& block) {
  // While blocks are computed by many threads, one alone could not keep up with them.
  constexpr unsigned computing_threads = 8;
  const std::size_t shares = std::clamp<std::size_t>(threads_ / computing_threads, 1,
                                                     std::max<std::size_t>(timelines_.size(), 1));
  const auto add_share = [&](std::size_t share) {
    std::size_t segment = 0;
    for (const std::uint32_t end : block.segments_end) {
      for (std::size_t t = share; t < timelines_.size(); t += shares) timelines_[t].next_trial();
      for (; segment < end; ++segment) {
        const TimelineSegment& s = block.segments[segment];
        if (shares == 1 || s.timeline % shares == share)
          timelines_[s.timeline].change(s.day, s.value);
      }
    }
  };
  parallel_for(shares, static_cast<unsigned>(shares), add_share);
}

RunResults RunStatistics::results(const ColumnPass& pass) const {
  RunResults results;
  std::vector<ColumnResult> columns(columns_.size());
  parallel_for(columns_.size(), threads_, [&](std::size_t c) {
    if (const auto* real = std::get_if<RealColumn>(&columns_[c])) {
      columns[c] = real->result([&](const auto& consumer) { pass(c, consumer); });
    } else if (const auto* whole = std::get_if<WholeColumn>(&columns_[c])) {
      columns[c] = whole->result();
    }
    columns[c].summary.name = schema_columns_[c].name;
    columns[c].summary.unit = stored_unit(schema_columns_[c].unit);
  });
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (!std::holds_alternative<std::monostate>(columns_[c])) {
      results.outcomes.push_back(std::move(columns[c]));
    }
  }
  results.endings = endings_.shares();
  results.causes = causes_.shares();
  results.timelines.resize(timelines_.size());
  parallel_for(timelines_.size(), threads_,
               [&](std::size_t t) { results.timelines[t] = timelines_[t].summary(); });
  return results;
}

void write_statistics(hid_t root, const Schema& schema, const RunResults& results) {
  const hdf5::Handle distributions = hdf5::create_group(root, "distributions");
  std::vector<OutcomeSummary> outcomes;
  for (const ColumnResult& outcome : results.outcomes) {
    write_distribution(distributions.id(), outcome.summary, outcome.distribution);
    outcomes.push_back(outcome.summary);
  }
  write_summary(root, outcomes);
  write_shares(root, "ending", results.endings, days_of(schema));
  write_shares(root, "cause", results.causes, days_of(schema));
  write_timelines(root, schema, results.timelines);
}

}  // namespace truce::results
