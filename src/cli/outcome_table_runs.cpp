#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "cli/outcome_table_parts.hpp"
#include "cli/page_parts.hpp"
#include "results/run_reader.hpp"

namespace truce::cli {

namespace {

using Runs = std::vector<results::RunReader>;

/// Files by their names without folder and ending where these tell them apart.
std::vector<std::string> names_of(const std::vector<std::string>& files) {
  std::vector<std::string> names;
  for (const std::string& file : files)
    names.push_back(std::filesystem::path(file).stem().string());
  std::vector<std::string> sorted = names;
  std::ranges::sort(sorted);
  return std::ranges::adjacent_find(sorted) == sorted.end() ? names : files;
}

/// The endings that occurred and the outcomes that are told, of any of the runs.
void choose_all(const Runs& runs, TableChoice& choice) {
  for (const results::RunReader& run : runs) {
    for (const results::Share& share : run.summary().endings) {
      const bool known = std::ranges::find(choice.endings, share.label) != choice.endings.end();
      if (share.count > 0 && !known) choice.endings.push_back(share.label);
    }
    for (const std::string& name : told_outcomes(run.schema())) {
      const bool known = std::ranges::find(choice.outcomes, name) != choice.outcomes.end();
      if (!known) choice.outcomes.push_back(name);
    }
  }
}

OutcomeTable::Row ending_row(const Runs& runs, const std::string& label) {
  OutcomeTable::Row row{.keys = {"ending " + label, of_trials}, .share = true};
  for (const results::RunReader& run : runs) {
    const auto& shares = run.summary().endings;
    const auto at = std::ranges::find(shares, label, &results::Share::label);
    row.cells.push_back(at == shares.end() ? no_value
                                           : OutcomeTable::Cell{at->probability, at->ci, false});
  }
  return row;
}

/// `missing` is told of runs by their names.
OutcomeTable::Row outcome_row(const Runs& runs, const std::string& name,
                              const std::vector<std::string>& run_names,
                              std::vector<std::string>& missing) {
  OutcomeTable::Row row{.keys = {name, ""}};
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const auto& told = runs[i].summary().outcomes;
    const auto at = std::ranges::find(told, name, &results::OutcomeSummary::name);
    row.cells.push_back(at == told.end() ? no_value : mean_cell(*at));
    if (at == told.end()) continue;
    row.share = at->kind == results::ColumnKind::boolean;
    row.keys[1] = unit_told(row.share, at->unit);
    if (at->missing > 0) {
      missing.push_back(fmt::format("{} in {} of {}", name, at->missing, run_names[i]));
    }
  }
  return row;
}

/// A row for each day; none where the outcome is the time of an event in no run.
std::vector<OutcomeTable::Row> day_rows(const Runs& runs, const std::string& name,
                                        const std::vector<double>& days) {
  std::vector<OutcomeTable::Row> rows;
  bool any = false;
  for (const double day : days) {
    OutcomeTable::Row& row =
        rows.emplace_back(OutcomeTable::Row{.keys = {by_day(name, day), of_trials}, .share = true});
    for (const results::RunReader& run : runs) {
      const results::Column* const column = results::find_column(run.schema().columns, name);
      const bool told = column != nullptr && column->event_time;
      any |= told;
      const std::uint64_t counted = run.summary().trials - run.summary().failed;
      row.cells.push_back(told ? come_by_cell(day, run.column(name), counted) : no_value);
    }
  }
  if (!any) rows.clear();
  return rows;
}

}  // namespace

OutcomeTable outcome_table_of_runs(const std::vector<std::string>& files,
                                   const TableChoice& asked) {
  Runs runs;
  std::vector<const results::Schema*> schemas;
  for (const std::string& file : files) runs.emplace_back(file);
  for (const results::RunReader& run : runs) schemas.push_back(&run.schema());
  require_names(schemas, asked, files[0]);
  OutcomeTable table{
      .title = schemas[0]->title, .keys = {"outcome", "unit"}, .columns = names_of(files)};
  TableChoice choice = asked;
  if (choice.outcomes.empty() && choice.endings.empty()) choose_all(runs, choice);
  for (const std::string& label : choice.endings) table.rows.push_back(ending_row(runs, label));
  std::vector<std::string> missing;
  bool any_event = false;
  for (const std::string& name : choice.outcomes) {
    table.rows.push_back(outcome_row(runs, name, table.columns, missing));
    const auto by_days = day_rows(runs, name, choice.days);
    any_event |= !by_days.empty();
    table.rows.insert(table.rows.end(), by_days.begin(), by_days.end());
  }
  require_event(any_event, choice.days, files[0]);
  std::vector<std::string> trials;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const results::RunSummary& run = runs[i].summary();
    const bool shard = run.completion == results::Completion::shard;
    trials.push_back(trials_told(
        fmt::format("{}: {} trials{}", table.columns[i], run.trials,
                    shard ? fmt::format(" (shard of the {} planned)", run.schema.trials) : ""),
        run.schema.seed, run.failed));
  }
  table.notes = table_notes(fmt::format("{}", fmt::join(trials, "; ")), table, missing);
  return table;
}

}  // namespace truce::cli
