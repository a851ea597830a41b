#include "cli/outcome_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "base/nearest.hpp"
#include "cli/outcome_table_parts.hpp"
#include "results/disclaimer.hpp"
#include "results/run_reader.hpp"
#include "results/study_reader.hpp"
#include "results/text_table.hpp"

namespace truce::cli {

OutcomeTable::Cell mean_cell(const results::OutcomeSummary& outcome) {
  return {outcome.mean, outcome.ci, results::too_few(outcome) && !results::is_constant(outcome)};
}

OutcomeTable::Cell share_cell(double probability, std::uint64_t trials) {
  const auto n = static_cast<double>(trials);
  return {probability, results::wilson_interval_of(std::round(probability * n), n), false};
}

OutcomeTable::Cell come_by_cell(double day, const std::vector<double>& times,
                                std::uint64_t trials) {
  const auto come = std::ranges::count_if(times, [&](double time) { return time <= day; });
  return share_cell(static_cast<double>(come) / static_cast<double>(trials), trials);
}

std::string by_day(const std::string& outcome, double day) {
  return fmt::format("{} by day {}", outcome, results::short_number(day));
}

std::string unit_told(bool share, const std::string& unit) {
  return share ? of_trials : unit == "1" ? "" : unit;
}

void require_names(const std::vector<const results::Schema*>& schemas, const TableChoice& choice,
                   const std::string& file) {
  std::vector<std::string> numbers;
  std::vector<std::string> endings;
  for (const results::Schema* schema : schemas) {
    for (const results::Column& column : schema->columns) {
      if (column.kind != results::ColumnKind::category) numbers.push_back(column.name);
    }
    for (const std::string& ending : results::endings_of(*schema)) endings.push_back(ending);
  }
  for (const std::string& name : choice.outcomes) {
    if (std::ranges::find(numbers, name) != numbers.end()) continue;
    const bool category = results::find_column(schemas[0]->columns, name) != nullptr;
    throw std::invalid_argument(
        category ? fmt::format("{}: '{}' is a category, and has no mean{}", file, name,
                               name == "ending" ? "; give --ending NAME for the share of one" : "")
                 : fmt::format("{}: has no outcome '{}' with numbers; {}", file, name,
                               base::name_hint(name, numbers)));
  }
  for (const std::string& name : choice.endings) {
    if (std::ranges::find(endings, name) != endings.end()) continue;
    throw std::invalid_argument(
        fmt::format("{}: has no ending '{}'; {}", file, name, base::name_hint(name, endings)));
  }
}

void require_event(bool any, const std::vector<double>& days, const std::string& file) {
  if (any || days.empty()) return;
  throw std::invalid_argument(
      file + ": --at is for outcomes that are the first time of something, and none of these is");
}

std::string trials_told(const std::string& trials, std::uint64_t seed, std::uint64_t failed) {
  return fmt::format("{}, seed {}{}", trials, seed,
                     failed > 0 ? fmt::format(", {} failed and left out", failed) : "");
}

std::vector<std::string> table_notes(const std::string& trials, const OutcomeTable& table,
                                     const std::vector<std::string>& missing) {
  std::vector<std::string> notes;
  notes.push_back(
      fmt::format("Means and shares with 95 % intervals of the simulation; {}.", trials));
  const bool few = std::ranges::any_of(table.rows, [](const OutcomeTable::Row& row) {
    return std::ranges::any_of(row.cells, &OutcomeTable::Cell::few);
  });
  if (few) notes.push_back("~: too few trials, for an outcome so skewed, to rely on the interval.");
  if (!missing.empty()) {
    notes.push_back(fmt::format("Trials without a value, left out: {}.", fmt::join(missing, "; ")));
  }
  notes.emplace_back(results::disclaimer);
  return notes;
}

OutcomeTable outcome_table(const std::vector<std::string>& files, const TableChoice& choice) {
  if (files.size() == 1 && results::is_study(files[0])) {
    return outcome_table_of_study(files[0], choice);
  }
  for (const std::string& file : files) {
    if (results::is_study(file)) {
      throw std::invalid_argument(file + ": is of a study; give it alone, or files of runs");
    }
  }
  return outcome_table_of_runs(files, choice);
}

}  // namespace truce::cli
