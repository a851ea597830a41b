#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "results/trial_range.hpp"

namespace truce::results {

/// How an outcome's column is stored and summarised.
enum class ColumnKind : std::uint8_t {
  real,      ///< float64, NaN where missing
  integer,   ///< int32 counts
  boolean,   ///< int8 0/1 with attribute dtype = "bool"
  category,  ///< int8 with CF flag_values and flag_meanings; code i is labels[i]
};

struct Column {
  std::string name;  ///< of the outcome, e.g. "civilians.freed"
  ColumnKind kind = ColumnKind::real;
  std::string unit;  ///< "day", "person", "1"
  std::string summary;
  std::vector<std::string> labels;  ///< of a category
  bool event_time = false;          ///< when something first came; missing where it never did
  bool until_ending = false;        ///< a sum or count up to each trial's own ending
};

struct Timeline {
  std::string name;
  bool integer = false;  ///< whether all values are whole numbers: exact counts are then kept
  std::string unit;
  std::string summary;
};

/// Where a parameter's value comes from; /design/origin has these names.
enum class Origin : std::uint8_t {
  scenario,  ///< as written there
  set,       ///< --set
  drawn,     ///< each trial has its own, from a prior, or computed from such
};

struct RunParameter {
  std::string name;
  double value = 0;  ///< of all trials; NaN where they are drawn
  Origin origin = Origin::scenario;

  /// Values that are drawn are equal.
  bool operator==(const RunParameter& other) const {
    return name == other.name && origin == other.origin &&
           (value == other.value || origin == Origin::drawn);
  }
};

/// What was read from a table beside the scenario or the study, and is not in its text.
struct Input {
  std::string file;    ///< as written there
  std::string column;  ///< of the table
  std::vector<double> values;

  bool operator==(const Input&) const = default;
};

/// Control variates of a run: streams whose draws tell something of what comes out, and how
/// outcomes are rounded while it is found out how much. Means and spreads are of a few trials, so
/// that whoever runs a part of the run finds the same.
struct ControlPlan {
  struct Rounding {
    double centre = 0;
    double steps = 1;  ///< of the rounded outcome in a unit of it: a power of 2
  };
  std::vector<std::string> streams;
  /// Of the columns that are controlled (see is_controlled), then of the timelines.
  std::vector<Rounding> rounding;
};

/// Everything about a run that its file says, known before the first trial. Equal runs have equal
/// schemas: nothing here depends on time, host or number of threads.
struct Schema {
  std::string title;
  std::string summary;
  std::string start_date;  ///< ISO date of day 0, or empty
  std::uint64_t seed = 1;
  std::uint64_t trials = 0;
  /// Trials of each point that keep their rows, the first ones (--keep); nothing: all of them.
  std::optional<std::uint64_t> keep;
  std::string random_generator;
  std::string arithmetic;  ///< of elementary functions; empty in files before format 1.3
  std::string program_version;
  std::string git_revision;
  std::string build;
  std::string scenario_yaml;
  std::string study_yaml;
  std::string command_line;
  std::vector<RunParameter> parameters;  ///< of a run
  std::vector<std::string> sources;
  std::vector<Input> inputs;    ///< each once
  double horizon = 0;           ///< days
  std::vector<Column> columns;  ///< of /trials, without `status`; "ending", "cause" and
                                ///< "duration" are always among them
  std::vector<Timeline> timelines;
  std::optional<ControlPlan> controls;  ///< nothing: the run is too short to gain by them
};

/// The column of this name; null where there is none.
inline const Column* find_column(const std::vector<Column>& columns, std::string_view name) {
  const auto at = std::ranges::find(columns, name, &Column::name);
  return at == columns.end() ? nullptr : &*at;
}

/// The names of the endings that a run can have, in the order of their codes.
inline std::vector<std::string> endings_of(const Schema& schema) {
  const Column* const ending = find_column(schema.columns, "ending");
  return ending == nullptr ? std::vector<std::string>{} : ending->labels;
}

/// Values in a chunk of what is compressed: parts of a run that begin and end where these do are
/// joined by copying them.
inline constexpr std::uint64_t rows_per_chunk = 65'536;

/// Rows that a point of so many trials has.
inline std::uint64_t rows_kept(const Schema& schema, std::uint64_t trials) {
  return schema.keep ? std::min(*schema.keep, trials) : trials;
}

/// Rows of these trials of it.
inline std::uint64_t rows_kept(const Schema& schema, const TrialRange& trials) {
  return rows_kept(schema, trials.end) - rows_kept(schema, trials.first);
}

/// Rows that a point has at most.
inline std::uint64_t most_rows_kept(const Schema& schema) {
  return rows_kept(schema, schema.trials);
}

/// Whether every trial keeps its row, so that there is a second look at it.
inline bool keeps_all(const Schema& schema) {
  return most_rows_kept(schema) == schema.trials;
}

/// Days of timelines and of incidence: 0, 1, ..., ceil(horizon), so that the last holds the end.
inline std::size_t days_of(const Schema& schema) {
  return static_cast<std::size_t>(std::ceil(schema.horizon)) + 1;
}

}  // namespace truce::results
