#include "results/detail/run_statistics.hpp"

#include <cmath>
#include <optional>
#include <type_traits>

#include "base/parallel.hpp"
#include "results/detail/group_summary.hpp"
#include "results/detail/group_timelines.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

RunStatistics::RunStatistics(const Schema& schema)
    : schema_columns_(schema.columns),
      ending_(column_index(schema, "ending")),
      cause_(column_index(schema, "cause")),
      duration_(column_index(schema, "duration")),
      endings_(schema.columns[ending_].labels, days_of(schema)),
      causes_(schema.columns[cause_].labels, days_of(schema)) {
  for (const Column& column : schema.columns) {
    if (column.kind == ColumnKind::category) {
      columns_.emplace_back();
    } else if (column.kind == ColumnKind::real) {
      columns_.emplace_back(RealColumn(keeps_all(schema)));
    } else {
      columns_.emplace_back(WholeColumn(column.kind));
    }
  }
  for (const Timeline& timeline : schema.timelines) {
    timelines_.emplace_back(days_of(schema),
                            timeline.integer ? TimelineValues::whole : TimelineValues::real,
                            schema.timelines.size());
  }
  if (!schema.controls) return;
  controls_.emplace(schema);
  if (!ControlTimeline::fits(schema)) return;
  for (std::size_t t = 0; t < schema.timelines.size(); ++t) {
    control_timelines_.emplace_back(schema, t);
  }
}

void RunStatistics::add(std::size_t part, const StoredBlock& block) {
  if (part < columns_.size()) {
    add_column(part, block);
  } else if (part == columns_.size()) {
    add_shares(block);
  } else if (part <= columns_.size() + timelines_.size()) {
    add_timeline(part - columns_.size() - 1, block);
  } else {
    controls_->add(block);
  }
}

void RunStatistics::add_column(std::size_t column, const StoredBlock& block) {
  const auto add_to = [&](auto& statistics, const auto& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (block.status[i] != Status::failed) statistics.add(values[i]);
    }
  };
  std::visit(
      [&]<class AColumn>(AColumn& statistics) {
        if constexpr (std::is_same_v<AColumn, RealColumn>) {
          add_to(statistics, std::get<std::vector<double>>(block.columns[column]));
        } else if constexpr (std::is_same_v<AColumn, WholeColumn>) {
          if (const auto* codes = std::get_if<std::vector<std::int8_t>>(&block.columns[column])) {
            add_to(statistics, *codes);
          } else {
            add_to(statistics, std::get<std::vector<std::int32_t>>(block.columns[column]));
          }
        }
      },
      columns_[column]);
}

void RunStatistics::add_shares(const StoredBlock& block) {
  const auto& durations = std::get<std::vector<double>>(block.columns[duration_]);
  const auto& endings = std::get<std::vector<std::int8_t>>(block.columns[ending_]);
  const auto& causes = std::get<std::vector<std::int8_t>>(block.columns[cause_]);
  for (std::size_t i = 0; i < block.status.size(); ++i) {
    if (block.status[i] == Status::failed) continue;
    endings_.add(static_cast<std::size_t>(endings[i]), durations[i]);
    causes_.add(static_cast<std::size_t>(causes[i]), durations[i]);
  }
}

void RunStatistics::add_timeline(std::size_t timeline, const StoredBlock& block) {
  TimelineStatistics& statistics = timelines_[timeline];
  std::optional<std::uint32_t> trial;
  for (const TimelineChange& change : block.timelines[timeline]) {
    if (trial != change.trial) statistics.next_trial();
    trial = change.trial;
    statistics.change(change.day, change.value);
  }
  if (!control_timelines_.empty()) control_timelines_[timeline].add(block);
}

void RunStatistics::add(const RunStatistics& other) {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::visit(
        [&]<class AColumn>(AColumn& statistics) {
          if constexpr (!std::is_same_v<AColumn, std::monostate>) {
            statistics.add(std::get<AColumn>(other.columns_[c]));
          }
        },
        columns_[c]);
  }
  endings_.add(other.endings_);
  causes_.add(other.causes_);
  for (std::size_t t = 0; t < timelines_.size(); ++t) timelines_[t].add(other.timelines_[t]);
  if (controls_) controls_->add(*other.controls_);
  for (std::size_t t = 0; t < control_timelines_.size(); ++t) {
    control_timelines_[t].add(other.control_timelines_[t]);
  }
}

void RunStatistics::write(ByteWriter& to) const {
  for (const AnyColumn& column : columns_) {
    std::visit(
        [&]<class AColumn>(const AColumn& statistics) {
          if constexpr (!std::is_same_v<AColumn, std::monostate>) statistics.write(to);
        },
        column);
  }
  endings_.write(to);
  causes_.write(to);
  for (const TimelineStatistics& timeline : timelines_) timeline.write(to);
  if (controls_) controls_->write(to);
  for (const ControlTimeline& timeline : control_timelines_) timeline.write(to);
}

void RunStatistics::read(ByteReader& from) {
  for (AnyColumn& column : columns_) {
    std::visit(
        [&]<class AColumn>(AColumn& statistics) {
          if constexpr (!std::is_same_v<AColumn, std::monostate>) statistics.read(from);
        },
        column);
  }
  endings_.read(from);
  causes_.read(from);
  for (TimelineStatistics& timeline : timelines_) timeline.read(from);
  if (controls_) controls_->read(from);
  for (ControlTimeline& timeline : control_timelines_) timeline.read(from);
  if (!from.done()) ByteReader::fail();
}

RunResults RunStatistics::results(const ColumnPass& pass, unsigned threads) const {
  RunResults results;
  std::vector<ColumnResult> columns(columns_.size());
  base::parallel_for(columns_.size(), threads, [&](std::size_t c) {
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
  base::parallel_for(timelines_.size(), threads,
                     [&](std::size_t t) { results.timelines[t] = timelines_[t].summary(); });
  if (controls_) take_controlled(results, threads);
  return results;
}

void RunStatistics::take_controlled(RunResults& results, unsigned threads) const {
  const ControlRegression regression = controls_->regression();
  const std::vector<Controlled> controlled = controls_->results(regression);
  auto next = controlled.begin();
  for (ColumnResult& outcome : results.outcomes) {
    if (!is_of_scenario(outcome.summary.name)) continue;
    if (outcome.summary.missing == 0) {
      outcome.summary.controlled = controlled_mean(outcome.summary.mean, outcome.summary.se, *next);
    }
    ++next;
  }
  const auto n = static_cast<double>(regression.trials());
  for (Share& ending : results.endings) {
    const double p = ending.probability;
    ending.controlled = controlled_mean(p, std::sqrt(p * (1 - p) / n), *next);
    ++next;
  }
  base::parallel_for(control_timelines_.size(), threads, [&](std::size_t t) {
    TimelineSummary& timeline = results.timelines[t];
    const std::vector<Controlled> days = control_timelines_[t].results(regression);
    for (std::size_t day = 0; day < days.size(); ++day) {
      timeline.controlled.push_back(
          controlled_mean(timeline.mean[day], timeline.sd[day] / std::sqrt(n), days[day]));
    }
  });
}

void write_statistics(hid_t root, const Schema& schema, const RunResults& results) {
  const hdf5::Handle distributions = hdf5::create_group(root, "distributions");
  std::vector<OutcomeSummary> outcomes;
  for (const ColumnResult& outcome : results.outcomes) {
    write_distribution(distributions.id(), outcome.summary, outcome.distribution);
    outcomes.push_back(outcome.summary);
  }
  write_summary(root, schema, outcomes);
  write_shares(root, schema, "ending", results.endings);
  write_shares(root, schema, "cause", results.causes);
  write_timelines(root, schema, results.timelines);
}

}  // namespace truce::results
