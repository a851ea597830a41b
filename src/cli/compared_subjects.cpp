#include "cli/compared_subjects.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>

#include "base/nearest.hpp"

namespace truce::cli {

namespace {

/// A category has no mean: its labels are compared one by one.
void refuse_category(const results::Column& column, const std::string& file) {
  const std::string labels = fmt::format("{}", fmt::join(column.labels, ", "));
  throw std::invalid_argument(fmt::format(
      "{}: '{}' is a category, and has no mean; {}", file, column.name,
      column.name == "ending" ? "compare the share of an ending with --ending, of " + labels
                              : "compare 'duration', or an ending with --ending"));
}

/// Those asked for; without any, the scenario's own outcomes and the duration.
std::vector<results::Column> outcomes_of(const results::Schema& schema,
                                         const std::vector<std::string>& asked,
                                         const std::string& file) {
  std::vector<results::Column> result;
  for (const results::Column& column : schema.columns) {
    const bool wanted = std::ranges::find(asked, column.name) != asked.end();
    if (column.kind == results::ColumnKind::category) {
      if (wanted) refuse_category(column, file);
      continue;
    }
    const bool own = results::is_of_scenario(column.name) || column.name == "duration";
    if (asked.empty() ? own : wanted) result.push_back(column);
  }
  std::vector<std::string> numbers;
  for (const results::Column& column : schema.columns) {
    if (column.kind != results::ColumnKind::category) numbers.push_back(column.name);
  }
  for (const std::string& name : asked) {
    if (results::find_column(result, name) == nullptr) {
      throw std::invalid_argument(fmt::format("{}: has no outcome '{}' with numbers; {}", file,
                                              name, base::name_hint(name, numbers)));
    }
  }
  return result;
}

const results::Column& ending_of(const results::Schema& schema) {
  return *results::find_column(schema.columns, "ending");
}

/// The code of an ending; nothing where that side has none of the name.
std::vector<double> codes_of(const results::Schema& schema, const std::string& label) {
  const auto& labels = ending_of(schema).labels;
  const auto at = std::ranges::find(labels, label);
  if (at == labels.end()) return {};
  return {static_cast<double>(at - labels.begin())};
}

}  // namespace

std::vector<Subject> subjects_of(const results::Schema& a, const results::Schema& b,
                                 const SubjectOptions& options) {
  const double horizon = std::max(a.horizon, b.horizon);
  std::vector<double> days = options.days;
  if (days.empty()) days = {horizon / 4, horizon / 2, horizon};
  std::vector<Subject> subjects;
  if (!options.outcomes.empty() || options.endings.empty()) {
    for (const results::Column& column : outcomes_of(a, options.outcomes, options.file)) {
      subjects.push_back({column, column.name, measures_of(column, days, horizon)});
    }
  }
  for (const std::string& label : options.endings) {
    ComparedMeasure measure{.kind = ComparedMeasure::Kind::label};
    measure.codes_a = codes_of(a, label);
    measure.codes_b = codes_of(b, label);
    if (measure.codes_a.empty() && measure.codes_b.empty()) {
      throw std::invalid_argument(fmt::format("{}: has no ending '{}'; {}", options.file, label,
                                              base::name_hint(label, ending_of(a).labels)));
    }
    subjects.push_back({ending_of(a), "ending " + label, {measure}});
  }
  return subjects;
}

}  // namespace truce::cli
