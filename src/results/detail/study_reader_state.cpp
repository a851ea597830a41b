#include "results/detail/study_reader_state.hpp"

#include <algorithm>

#include "results/detail/group_failures.hpp"
#include "results/detail/group_run.hpp"
#include "results/detail/group_timelines.hpp"
#include "results/detail/group_trials.hpp"
#include "results/detail/open_results.hpp"

namespace truce::results {

StudyReader::State::State(const std::filesystem::path& from) : path(from) {
  guarded(path, [&] {
    file = hdf5::open_file(path);
    root = hdf5::open_group(file.id(), "/");
    require_format(root.id());
    if (is_kind_of_run(design_kind(root.id()))) throw hdf5::Error("is of a run, not of a study");
    const RunSummary run = read_root(root.id());
    schema.common = run.schema;
    all_trials = run.trials;
    all_failed = run.failed;
    reasons = read_failures(root.id());
    read_study_design(root.id(), schema);
    if (hdf5::has_attribute(root.id(), "trials_first")) {
      schema.stretch = {run.first, run.first + run.trials};
      if (schema.contained.size() != 1 || schema.stretch->end > run.schema.trials) {
        throw hdf5::Error("the trials that it has of a point are out of range");
      }
    }
    const hdf5::Handle group = hdf5::open_group(root.id(), "trials");
    const auto trials = hdf5::Dataset(group.id(), "trial").shape();
    if (trials.size() != 1) throw hdf5::Error("'trial' has an unexpected shape");
    schema.common.columns = read_columns(root.id(), {schema.contained.size(), trials.front()});
    schema.common.timelines = read_timelines(root.id());
  });
}

std::vector<std::int8_t> StudyReader::State::status(std::size_t row) const {
  return variable("trials/status").read_row<std::int8_t>(row);
}

const hdf5::Dataset& StudyReader::State::variable(const std::string& name) const {
  const auto at = open_.find(name);
  return at != open_.end() ? at->second
                           : open_.emplace(name, hdf5::Dataset(root.id(), name)).first->second;
}

std::uint64_t StudyReader::State::counted(const char* name, std::size_t row) const {
  const auto numbers = variable(std::string("summary/") + name).read_row<std::int64_t>(row);
  if (numbers.size() != 1 || numbers.front() < 0) {
    throw hdf5::Error(std::string("'") + name + "' is out of range");
  }
  return static_cast<std::uint64_t>(numbers.front());
}

std::uint64_t StudyReader::State::trials(std::size_t row) const {
  if (schema.common.keep) return counted("trials", row);
  const auto codes = status(row);
  return static_cast<std::uint64_t>(
      std::ranges::count_if(codes, [](std::int8_t code) { return code >= 0; }));
}

PointFailures StudyReader::State::failures(std::size_t row) const {
  PointFailures result{.point = schema.contained.at(row)};
  if (schema.common.keep) {
    result.trials = counted("trials", row);
    result.failed = counted("trials_failed", row);
  } else {
    for (const std::int8_t code : status(row)) {
      result.trials += code >= 0;
      result.failed += code == 1;
    }
  }
  const auto at = std::ranges::lower_bound(reasons, result.point, {}, &PointFailures::point);
  if (at != reasons.end() && at->point == result.point) {
    if (at->failed != result.failed) {
      throw hdf5::Error("/failures and the status of trials disagree");
    }
    result.failures = at->failures;
  }
  return result;
}

RowValues StudyReader::State::row(const std::string& name, std::size_t row,
                                  std::uint64_t trials) const {
  const hdf5::Dataset& dataset = variable(name);
  std::optional<hsize_t> length;
  if (name.starts_with("trials/")) length = schema.rows_of(trials);
  if (dataset.kind() == hdf5::Kind::real) return dataset.read_row<double>(row, length);
  switch (dataset.width()) {
    case 1:
      return dataset.read_row<std::int8_t>(row, length);
    case 4:
      return dataset.read_row<std::int32_t>(row, length);
    default:
      return dataset.read_row<std::int64_t>(row, length);
  }
}

}  // namespace truce::results
