#include "cli/export_tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/common_sheets.hpp"
#include "cli/study_points.hpp"
#include "results/run_reader.hpp"
#include "results/study_course.hpp"
#include "results/study_reader.hpp"

namespace truce::cli {

namespace {

void write_columns(const OutputFolder& to, const results::Schema& schema, bool (*stop)()) {
  Sheet sheet(to, export_mark, stop);
  headings(sheet, false, {"table", "name", "kind", "unit", "summary", "labels"});
  sheet.end_line();
  const auto line = [&](std::string_view table, const std::string& name, std::string_view kind,
                        const std::string& unit, const std::string& summary,
                        const std::string& labels) {
    sheet.cell(table);
    for (const std::string_view text : {std::string_view(name), kind, std::string_view(unit),
                                        std::string_view(summary), std::string_view(labels)}) {
      sheet.cell(text);
    }
    sheet.end_line();
  };
  for (const results::Column& column : schema.columns) {
    line("trials", column.name, results::name_of(column.kind), column.unit, column.summary,
         fmt::format("{}", fmt::join(column.labels, " ")));
  }
  for (const results::Timeline& timeline : schema.timelines) {
    line("timelines", timeline.name, timeline.integer ? "integer" : "real", timeline.unit,
         timeline.summary, "");
  }
  sheet.close();
}

void write_parameters(const OutputFolder& to, const results::Schema& schema, bool (*stop)()) {
  Sheet sheet(to, "parameters.csv", stop);
  headings(sheet, false, {"name", "value", "origin"});
  sheet.end_line();
  for (const results::RunParameter& parameter : schema.parameters) {
    sheet.cell(parameter.name);
    sheet.cell(parameter.value);
    sheet.cell(results::name_of(parameter.origin));
    sheet.end_line();
  }
  sheet.close();
}

void write_design(const OutputFolder& to, const results::StudySchema& schema, bool (*stop)()) {
  Sheet sheet(to, "design.csv", stop);
  headings(sheet, true, {"variant"});
  for (const std::string& parameter : schema.parameters) sheet.cell(parameter);
  sheet.end_line();
  for (const std::uint32_t number : schema.contained) {
    const results::StudyPoint& point = schema.points[number];
    sheet.cell(std::uint64_t{number});
    sheet.cell(schema.variants[point.variant]);
    for (const double value : point.values) sheet.cell(value);
    sheet.end_line();
  }
  sheet.close();
}

const char* const rows_left_out = "not all trials keep their rows (--keep): there is no trials.csv";

}  // namespace

std::string export_run(const std::string& file, const OutputFolder& to, bool (*stop)()) {
  const results::RunReader reader(file);
  const results::RunSummary& run = reader.summary();
  const results::Schema& schema = run.schema;
  const bool all_rows = results::rows_of(run) == run.trials;
  write_columns(to, schema, stop);
  write_parameters(to, schema, stop);
  CommonSheets sheets(to, false, stop);
  for (const results::OutcomeSummary& outcome : run.outcomes) {
    sheets.add_summary({}, *results::find_column(schema.columns, outcome.name), outcome);
  }
  sheets.add_endings({}, run.endings);
  Sheet causes(to, "causes.csv", stop);
  headings(causes, false, {"cause", "count", "probability", "ci_low", "ci_high"});
  causes.end_line();
  write_shares(causes, {}, run.causes);
  causes.close();
  for (const results::Timeline& timeline : schema.timelines) {
    sheets.add_timeline({}, timeline.name, reader.timeline(timeline.name));
  }
  sheets.close();
  if (!all_rows) return rows_left_out;
  std::vector<std::string> drawn;
  ExportedRows rows{.status = reader.status()};
  for (const results::Column& column : schema.columns) {
    rows.columns.push_back(reader.column(column.name));
  }
  for (const results::RunParameter& parameter : schema.parameters) {
    if (parameter.origin != results::Origin::drawn) continue;
    drawn.push_back(parameter.name);
    rows.drawn.push_back(reader.drawn(parameter.name));
  }
  Sheet trials(to, "trials.csv", stop);
  head_trials(trials, false, schema, drawn);
  write_trials(trials, {}, schema, run.first, rows);
  trials.close();
  return {};
}

std::string export_study(const std::string& file, const OutputFolder& to, bool (*stop)()) {
  const results::StudyReader study(file);
  const results::StudySchema& schema = study.schema();
  const results::Schema& common = schema.common;
  write_columns(to, common, stop);
  write_design(to, schema, stop);
  CommonSheets sheets(to, true, stop);
  for (const results::Column& column : common.columns) {
    if (column.kind == results::ColumnKind::category) continue;
    const auto summary = study.summary(column.name);
    for (std::size_t row = 0; row < summary.size(); ++row) {
      sheets.add_summary({true, schema.contained[row]}, column, summary[row]);
    }
  }
  for (std::size_t row = 0; row < schema.contained.size(); ++row) {
    const ExportPoint point{true, schema.contained[row]};
    const results::PointCourse course = results::course_of(study, row);
    sheets.add_endings(point, course.endings);
    for (std::size_t i = 0; i < course.timelines.size(); ++i) {
      sheets.add_timeline(point, common.timelines[i].name, course.timelines[i]);
    }
  }
  sheets.close();
  if (!study.keeps_all()) return rows_left_out;
  Sheet trials(to, "trials.csv", stop);
  head_trials(trials, true, common, {});
  for (std::size_t row = 0; row < schema.contained.size(); ++row) {
    results::Block block = study.trials_of(row);
    write_trials(trials, {true, schema.contained[row]}, common, schema.first_trial(),
                 {std::move(block.status), std::move(block.columns), {}});
  }
  trials.close();
  return {};
}

}  // namespace truce::cli
