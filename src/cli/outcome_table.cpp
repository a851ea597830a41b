#include "cli/outcome_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <stdexcept>

#include "base/nearest.hpp"
#include "cli/page_parts.hpp"
#include "cli/study_points.hpp"
#include "results/disclaimer.hpp"
#include "results/run_reader.hpp"
#include "results/study_reader.hpp"
#include "results/text_table.hpp"

namespace truce::cli {

namespace {

using Cell = OutcomeTable::Cell;
using Row = OutcomeTable::Row;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr Cell no_value{nan, {nan, nan}, false};

Cell cell_of(const results::OutcomeSummary& outcome) {
  return {outcome.mean, outcome.ci, results::too_few(outcome) && !results::is_constant(outcome)};
}

/// Throws for names that none of the schemas has, and for categories.
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

/// Files by their names without folder and ending where these tell them apart.
std::vector<std::string> names_of(const std::vector<std::string>& files) {
  std::vector<std::string> names;
  for (const std::string& file : files)
    names.push_back(std::filesystem::path(file).stem().string());
  std::vector<std::string> sorted = names;
  std::ranges::sort(sorted);
  return std::ranges::adjacent_find(sorted) == sorted.end() ? names : files;
}

/// What the table is about, and what is left out of it.
std::vector<std::string> notes_of(const std::string& trials, const OutcomeTable& table,
                                  const std::vector<std::string>& missing) {
  std::vector<std::string> notes;
  notes.push_back(
      fmt::format("Means and shares with 95 % intervals of the simulation; {}.", trials));
  const bool few = std::ranges::any_of(
      table.rows, [](const Row& row) { return std::ranges::any_of(row.cells, &Cell::few); });
  if (few) notes.push_back("~: too few trials, for an outcome so skewed, to rely on the interval.");
  if (!missing.empty()) {
    notes.push_back(fmt::format("Trials without a value, left out: {}.", fmt::join(missing, "; ")));
  }
  notes.emplace_back(results::disclaimer);
  return notes;
}

/// The share of an ending at a point, of the trials there that did not fail.
Cell share_of(double probability, std::uint64_t trials) {
  const auto n = static_cast<double>(trials);
  return {probability, results::wilson_interval_of(std::round(probability * n), n), false};
}

/// In how many of the trials that did not fail an event has come by that day. Nothing is censored:
/// what has not come by the horizon, or by the end of a trial that is not watched further, never
/// comes.
Cell come_by(double day, const std::vector<double>& times, std::uint64_t trials) {
  const auto come = std::ranges::count_if(times, [&](double time) { return time <= day; });
  return share_of(static_cast<double>(come) / static_cast<double>(trials), trials);
}

std::string by_day(const std::string& outcome, double day) {
  return fmt::format("{} by day {}", outcome, results::short_number(day));
}

/// Throws for days where no outcome told is the time of an event.
void require_event(bool any, const std::vector<double>& days, const std::string& file) {
  if (any || days.empty()) return;
  throw std::invalid_argument(
      file + ": --at is for outcomes that are the first time of something, and none of these is");
}

OutcomeTable of_runs(const std::vector<std::string>& files, const TableChoice& choice) {
  std::vector<results::RunReader> runs;
  std::vector<const results::Schema*> schemas;
  for (const std::string& file : files) runs.emplace_back(file);
  for (const results::RunReader& run : runs) schemas.push_back(&run.schema());
  require_names(schemas, choice, files[0]);
  OutcomeTable table{
      .title = schemas[0]->title, .keys = {"outcome", "unit"}, .columns = names_of(files)};
  const bool all = choice.outcomes.empty() && choice.endings.empty();

  std::vector<std::string> endings = choice.endings;
  std::vector<std::string> outcomes = choice.outcomes;
  if (all) {
    for (const results::RunReader& run : runs) {
      for (const results::Share& share : run.summary().endings) {
        const bool known = std::ranges::find(endings, share.label) != endings.end();
        if (share.count > 0 && !known) endings.push_back(share.label);
      }
      for (const std::string& name : told_outcomes(run.schema())) {
        if (std::ranges::find(outcomes, name) == outcomes.end()) outcomes.push_back(name);
      }
    }
  }
  for (const std::string& label : endings) {
    Row row{.keys = {"ending " + label, "% of trials"}, .share = true};
    for (const results::RunReader& run : runs) {
      const auto& shares = run.summary().endings;
      const auto at = std::ranges::find(shares, label, &results::Share::label);
      row.cells.push_back(at == shares.end() ? no_value : Cell{at->probability, at->ci, false});
    }
    table.rows.push_back(std::move(row));
  }
  std::vector<std::string> missing;
  bool any_event = false;
  for (const std::string& name : outcomes) {
    Row row{.keys = {name, ""}};
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const auto& told = runs[i].summary().outcomes;
      const auto at = std::ranges::find(told, name, &results::OutcomeSummary::name);
      row.cells.push_back(at == told.end() ? no_value : cell_of(*at));
      if (at == told.end()) continue;
      row.share = at->kind == results::ColumnKind::boolean;
      row.keys[1] = row.share ? "% of trials" : at->unit == "1" ? "" : at->unit;
      if (at->missing > 0) {
        missing.push_back(fmt::format("{} in {} of {}", name, at->missing, table.columns[i]));
      }
    }
    table.rows.push_back(std::move(row));
    bool event = false;
    for (const double day : choice.days) {
      Row by{.keys = {by_day(name, day), "% of trials"}, .share = true};
      for (const results::RunReader& run : runs) {
        const results::Column* const column = results::find_column(run.schema().columns, name);
        const bool told = column != nullptr && column->event_time;
        event |= told;
        const std::uint64_t counted = run.summary().trials - run.summary().failed;
        by.cells.push_back(told ? come_by(day, run.column(name), counted) : no_value);
      }
      if (event) table.rows.push_back(std::move(by));
    }
    any_event |= event;
  }
  require_event(any_event, choice.days, files[0]);
  std::vector<std::string> trials;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const results::RunSummary& run = runs[i].summary();
    const std::string failed =
        run.failed > 0 ? fmt::format(", {} failed and left out", run.failed) : "";
    trials.push_back(fmt::format("{}: {} trials, seed {}{}", table.columns[i], run.trials,
                                 run.schema.seed, failed));
  }
  table.notes = notes_of(fmt::format("{}", fmt::join(trials, "; ")), table, missing);
  return table;
}

OutcomeTable of_study(const std::string& file, const TableChoice& choice) {
  const results::StudyReader study(file);
  const results::StudySchema& schema = study.schema();
  require_whole(schema);
  require_names({&schema.common}, choice, file);
  OutcomeTable table{
      .title = schema.common.title, .keys = schema.parameters, .columns = schema.variants};
  table.keys.insert(table.keys.end(), {"outcome", "unit"});
  const std::size_t points = schema.contained.size() / schema.variants.size();
  std::vector<std::uint64_t> failed(schema.contained.size());
  std::uint64_t all_failed = 0;
  for (const results::PointFailures& at : study.failures()) {
    failed.at(at.point) = at.failed;
    all_failed += at.failed;
  }
  // Rows of the file go through the points of a variant, then the next variant.
  const auto add = [&](const std::string& name, const std::string& unit, bool share,
                       const std::vector<Cell>& cells) {
    for (std::size_t point = 0; point < points; ++point) {
      Row row{.share = share};
      for (const double value : schema.points[schema.contained[point]].values) {
        row.keys.push_back(results::short_number(value));
      }
      row.keys.insert(row.keys.end(), {name, unit});
      for (std::size_t v = 0; v < schema.variants.size(); ++v) {
        row.cells.push_back(cells[v * points + point]);
      }
      table.rows.push_back(std::move(row));
    }
  };
  const bool all = choice.outcomes.empty() && choice.endings.empty();
  for (const std::string& label : all ? results::endings_of(schema.common) : choice.endings) {
    std::vector<Cell> cells;
    double most = 0;
    const auto shares = study.ending(label);
    for (std::size_t row = 0; row < shares.size(); ++row) {
      cells.push_back(share_of(shares[row], study.trials(row) - failed[row]));
      if (shares[row] > most) most = shares[row];
    }
    if (most > 0 || !all) add("ending " + label, "% of trials", true, cells);
  }
  std::vector<std::string> missing;
  bool any_event = false;
  for (const std::string& name : all ? told_outcomes(schema.common) : choice.outcomes) {
    const results::Column& column = *results::find_column(schema.common.columns, name);
    const bool share = column.kind == results::ColumnKind::boolean;
    std::vector<Cell> cells;
    std::uint64_t without = 0;
    for (const results::OutcomeSummary& outcome : study.summary(name)) {
      cells.push_back(outcome.count == 0 ? no_value : cell_of(outcome));
      without += outcome.missing;
    }
    if (without > 0) missing.push_back(fmt::format("{} in {}", name, without));
    add(name, share ? "% of trials" : column.unit == "1" ? "" : column.unit, share, cells);
    any_event |= column.event_time;
    for (const double day : column.event_time ? choice.days : std::vector<double>{}) {
      cells.clear();
      for (std::size_t row = 0; row < schema.contained.size(); ++row) {
        cells.push_back(come_by(day, study.column(name, row), study.trials(row) - failed[row]));
      }
      add(by_day(name, day), "% of trials", true, cells);
    }
  }
  require_event(any_event, choice.days, file);
  table.notes = notes_of(
      fmt::format("{} trials at {} points, seed {}{}", study.trials(), schema.contained.size(),
                  schema.common.seed,
                  all_failed > 0 ? fmt::format(", {} failed and left out", all_failed) : ""),
      table, missing);
  return table;
}

}  // namespace

OutcomeTable outcome_table(const std::vector<std::string>& files, const TableChoice& choice) {
  if (files.size() == 1 && results::is_study(files[0])) return of_study(files[0], choice);
  for (const std::string& file : files) {
    if (results::is_study(file)) {
      throw std::invalid_argument(file + ": is of a study; give it alone, or files of runs");
    }
  }
  return of_runs(files, choice);
}

}  // namespace truce::cli
