#include "results/study_reader.hpp"

#include <algorithm>

#include "base/nearest.hpp"
#include "results/detail/group_failures.hpp"
#include "results/detail/group_run.hpp"
#include "results/detail/group_summary.hpp"
#include "results/detail/group_timelines.hpp"
#include "results/detail/group_trials.hpp"
#include "results/detail/open_results.hpp"
#include "results/detail/study_reader_state.hpp"
#include "results/study_course.hpp"

namespace truce::results {

bool is_study(const std::filesystem::path& path) {
  const auto kind_is_study = [&] {
    return guarded(path, [&] {
      const hdf5::Handle file = hdf5::open_file(path);
      const hdf5::Handle root = hdf5::open_group(file.id(), "/");
      require_format(root.id());
      return !is_kind_of_run(design_kind(root.id()));
    });
  };
  examine(path, [&] { kind_is_study(); });
  return kind_is_study();
}

StudyReader::StudyReader(std::unique_ptr<State> state) : state_(std::move(state)) {}

StudyReader::StudyReader(const std::filesystem::path& path) {
  examine(path, [&] { StudyReader(std::make_unique<State>(path)).read_all(); });
  state_ = std::make_unique<State>(path);
}
StudyReader::StudyReader(StudyReader&&) noexcept = default;
StudyReader& StudyReader::operator=(StudyReader&&) noexcept = default;
StudyReader::~StudyReader() = default;

const std::filesystem::path& StudyReader::path() const {
  return state_->path;
}

const StudySchema& StudyReader::schema() const {
  return state_->schema;
}

std::uint64_t StudyReader::trials(std::size_t row) const {
  return guarded(state_->path, [&] { return state_->trials(row); });
}

std::uint64_t StudyReader::trials() const {
  return state_->all_trials;
}

std::vector<PointFailures> StudyReader::failures() const {
  std::vector<PointFailures> points;
  if (state_->all_failed == 0) return points;
  guarded(state_->path, [&] {
    for (std::size_t row = 0; row < state_->schema.contained.size(); ++row) {
      PointFailures point = state_->failures(row);
      if (point.failed > 0) points.push_back(std::move(point));
    }
  });
  return points;
}

bool StudyReader::keeps_all() const {
  if (!schema().common.keep) return true;
  for (std::size_t row = 0; row < schema().contained.size(); ++row) {
    if (schema().rows_of(trials(row)) < trials(row)) return false;
  }
  return true;
}

const Column& StudyReader::outcome(const std::string& name) const {
  const auto& columns = schema().common.columns;
  if (const Column* const column = find_column(columns, name)) return *column;
  std::vector<std::string> names;
  for (const Column& column : columns) names.push_back(column.name);
  throw ResultsError(path(), "has no outcome '" + name + "'; " + base::name_hint(name, names));
}

std::vector<double> StudyReader::column(const std::string& outcome, std::size_t row) const {
  const std::uint64_t all = trials(row);
  const std::uint64_t kept = schema().rows_of(all);
  if (kept < all) throw ResultsError(path(), why_not_kept(kept, all));
  return kept_column(outcome, row);
}

std::vector<double> StudyReader::kept_column(const std::string& outcome, std::size_t row) const {
  const Column& column = this->outcome(outcome);
  return guarded(state_->path, [&] {
    const std::uint64_t rows = schema().rows_of(state_->trials(row));
    const hdf5::Dataset dataset(state_->root.id(), "trials/" + outcome);
    if (column.kind == ColumnKind::real) return dataset.read_row<double>(row, rows);
    return numbers_of(column, dataset.read_row<std::int32_t>(row, rows));
  });
}

Block StudyReader::trials_of(std::size_t row) const {
  Block block;
  guarded(state_->path, [&] {
    for (const std::int8_t code : state_->status(row)) {
      if (code >= 0) block.status.push_back(static_cast<Status>(code));
    }
  });
  for (const Column& of : schema().common.columns) {
    block.columns.push_back(column(of.name, row));
  }
  block.segments_end.assign(block.status.size(), 0);
  return block;
}

std::vector<OutcomeSummary> StudyReader::summary(const std::string& outcome) const {
  const Column& column = this->outcome(outcome);
  return guarded(state_->path, [&] {
    const hdf5::Handle group = hdf5::open_group(state_->root.id(), "summary");
    const auto names = hdf5::read<std::string>(group.id(), "outcome");
    const auto at = std::ranges::find(names, outcome);
    if (at == names.end()) throw hdf5::Error("/summary has no outcome '" + outcome + "'");
    const auto place = static_cast<std::size_t>(at - names.begin());
    const std::size_t points = state_->schema.contained.size();
    std::vector<OutcomeSummary> rows(points);
    const Places places{{points, names.size()}, place, names.size()};
    for (const auto& field : summary_fields()) {
      read_field<OutcomeSummary>(group.id(), field, rows, places, Quantiles{}.size());
    }
    for (OutcomeSummary& of : rows) {
      of.name = outcome;
      of.kind = column.kind;
    }
    return rows;
  });
}

std::vector<double> StudyReader::ending(const std::string& label) const {
  return guarded(state_->path, [&] {
    const hdf5::Handle group = hdf5::open_group(state_->root.id(), "endings");
    const auto names = hdf5::read<std::string>(group.id(), "ending");
    const auto at = std::ranges::find(names, label);
    if (at == names.end()) throw hdf5::Error("has no ending '" + label + "'");
    const std::size_t points = state_->schema.contained.size();
    const auto values = hdf5::read<double>(group.id(), "probability", {points, names.size()});
    std::vector<double> rows;
    for (std::size_t i = 0; i < points; ++i) {
      rows.push_back(values[i * names.size() + static_cast<std::size_t>(at - names.begin())]);
    }
    return rows;
  });
}

void StudyReader::read_all() const {
  static_cast<void>(failures());
  for (std::size_t row = 0; row < schema().contained.size(); ++row) {
    static_cast<void>(course_of(*this, row));
  }
  for (const Column& column : schema().common.columns) {
    if (column.kind != ColumnKind::category) static_cast<void>(summary(column.name));
    for (std::size_t row = 0; row < schema().contained.size(); ++row) {
      static_cast<void>(kept_column(column.name, row));
    }
    if (column.name != "ending") continue;
    for (const std::string& label : column.labels) static_cast<void>(ending(label));
  }
}

std::vector<PrecisionReached> StudyReader::precision() const {
  std::vector<PrecisionReached> rows;
  if (!schema().precision) return rows;
  return guarded(state_->path, [&] {
    const hdf5::Handle group = hdf5::open_group(state_->root.id(), "precision");
    rows.resize(schema().contained.size());
    for (const auto& field : precision_fields()) {
      read_field<PrecisionReached>(group.id(), field, rows, {{rows.size()}});
    }
    return rows;
  });
}

}  // namespace truce::results
