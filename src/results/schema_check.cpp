#include "results/schema_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>
#include <string_view>

#include "base/date.hpp"
#include "base/limits.hpp"
#include "results/detail/utf8.hpp"
#include "results/summary.hpp"

namespace truce::results {

namespace {

using Problem = std::optional<std::string>;

bool has_control(const std::string& text) {
  return std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// Link names may hold anything but a slash; those of one dot, controls and reserved ones confuse.
Problem problem_of_name(const std::string& what, const std::string& name) {
  if (name.empty() || name == "." || has_control(name) || name.find('/') != std::string::npos) {
    return fmt::format("'{}' cannot be the name of {}", name, what);
  }
  return {};
}

Problem problem_of_unit(const std::string& owner, const std::string& unit) {
  if (unit.find("since") == std::string::npos) return {};
  return fmt::format("the unit '{}' of '{}' would be taken for a date because of 'since'", unit,
                     owner);
}

Problem problem_of_labels(const Column& column) {
  if (column.kind != ColumnKind::category) return {};
  if (column.labels.empty() || column.labels.size() > base::most_labels) {
    return fmt::format("the category '{}' has {} labels, not 1 to {}", column.name,
                       column.labels.size(), base::most_labels);
  }
  std::set<std::string_view> seen;
  for (const std::string& label : column.labels) {
    if (auto problem = problem_of_name("a label of '" + column.name + "'", label)) return problem;
    if (label.find(' ') != std::string::npos) {
      return fmt::format("the label '{}' of '{}' has a blank", label, column.name);
    }
    if (!seen.insert(label).second) {
      return fmt::format("'{}' has the label '{}' twice", column.name, label);
    }
  }
  return {};
}

Problem problem_of_columns(const Schema& schema) {
  if (schema.columns.size() > most_columns) {
    return fmt::format("{} outcomes are more than {}", schema.columns.size(), most_columns);
  }
  std::set<std::string_view> seen = {"trial", "status"};  // they are stored beside the columns
  for (const Column& column : schema.columns) {
    if (auto problem = problem_of(column)) return problem;
    if (!seen.insert(column.name).second) {
      return fmt::format("there are two outcomes '{}'", column.name);
    }
  }
  const auto has = [&](std::string_view name, ColumnKind kind) {
    return std::ranges::any_of(schema.columns,
                               [&](const Column& c) { return c.name == name && c.kind == kind; });
  };
  if (!has("ending", ColumnKind::category) || !has("cause", ColumnKind::category) ||
      !has("duration", ColumnKind::real)) {
    return "the outcomes ending, cause and duration are not all there";
  }
  return {};
}

Problem problem_of_timelines(const Schema& schema) {
  if (schema.timelines.size() > most_timelines) {
    return fmt::format("{} timelines are more than {}", schema.timelines.size(), most_timelines);
  }
  // Each value that is no whole number takes up to a kilobyte of memory.
  constexpr double most_values = 2'000'000;
  const double values = static_cast<double>(schema.timelines.size()) * (schema.horizon + 1);
  if (values > most_values) {
    return fmt::format(
        "{} timelines over {} days are more than {} values: ask for fewer, or a "
        "nearer horizon",
        schema.timelines.size(), schema.horizon, most_values);
  }
  std::set<std::string_view> seen;
  for (const Timeline& timeline : schema.timelines) {
    if (auto problem = problem_of(timeline)) return problem;
    if (!seen.insert(timeline.name).second) {
      return fmt::format("there are two timelines '{}'", timeline.name);
    }
  }
  return {};
}

}  // namespace

Problem problem_of_names(const std::string& what, const std::vector<std::string>& names) {
  std::set<std::string_view> seen;
  for (const std::string& name : names) {
    if (name.empty() || has_control(name)) {
      return fmt::format("'{}' cannot be the name of {}", printable(name), what);
    }
    if (!seen.insert(name).second) return fmt::format("'{}' is the name of {} twice", name, what);
  }
  return {};
}

Problem problem_of(const Column& column) {
  if (auto problem = problem_of_name("an outcome", column.name)) return problem;
  if (auto problem = problem_of_unit(column.name, column.unit)) return problem;
  return problem_of_labels(column);
}

Problem problem_of(const Timeline& timeline) {
  if (auto problem = problem_of_name("a timeline", timeline.name)) return problem;
  return problem_of_unit(timeline.name, timeline.unit);
}

Problem problem_of(const Schema& schema) {
  if (schema.trials == 0 || schema.trials > base::trial_numbers) {
    return fmt::format("{} trials are not between 1 and 2^48", schema.trials);
  }
  if (!(schema.horizon >= 0 && schema.horizon <= base::longest_horizon)) {
    return fmt::format("a horizon of {} days is not between 0 and {}", schema.horizon,
                       base::longest_horizon);
  }
  if (!schema.start_date.empty() && !base::days_since_1970(schema.start_date)) {
    return fmt::format("the start '{}' is no date", schema.start_date);
  }
  for (const RunParameter& parameter : schema.parameters) {
    if (parameter.origin == Origin::drawn && parameter.name == "trial") {
      return "a parameter that is drawn cannot be called 'trial': its column stands beside "
             "the trials' numbers";
    }
  }
  if (auto problem = problem_of_columns(schema)) return problem;
  return problem_of_timelines(schema);
}

std::string stored_unit(const std::string& unit) {
  constexpr std::array plurals = {"days",         "hours",        "minutes",    "seconds",
                                  "milliseconds", "microseconds", "nanoseconds"};
  if (unit.empty()) return "1";
  if (std::ranges::find(plurals, unit) == plurals.end()) return unit;
  return unit.substr(0, unit.size() - 1);
}

std::size_t column_index(const Schema& schema, const std::string& name) {
  const auto at = std::ranges::find(schema.columns, name, &Column::name);
  if (at == schema.columns.end()) throw std::out_of_range("no column " + name);
  return static_cast<std::size_t>(at - schema.columns.begin());
}

bool is_controlled(const Column& column) {
  return column.kind != ColumnKind::category && is_of_scenario(column.name);
}

std::size_t controlled_place(const std::vector<Column>& columns, std::size_t column) {
  return static_cast<std::size_t>(std::ranges::count_if(
      columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(column), is_controlled));
}

std::size_t controlled_columns(const Schema& schema) {
  return static_cast<std::size_t>(std::ranges::count_if(schema.columns, is_controlled));
}

}  // namespace truce::results
