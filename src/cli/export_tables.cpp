#include "cli/export_tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "cli/export_sheet.hpp"
#include "cli/study_points.hpp"
#include "results/run_reader.hpp"
#include "results/study_course.hpp"
#include "results/study_reader.hpp"

namespace truce::cli {

namespace {

void headings(Sheet& sheet, bool of_study, std::initializer_list<std::string_view> names) {
  if (of_study) sheet.cell("point");
  for (const std::string_view name : names) sheet.cell(name);
}

std::vector<std::string> quantile_names() {
  std::vector<std::string> names;
  for (const double p : results::quantile_probabilities()) names.push_back(fmt::format("q{}", p));
  return names;
}

/// Begins a line, of a point where it is of a study.
struct Point {
  bool of_study = false;
  std::uint64_t number = 0;
  void begin(Sheet& sheet) const {
    if (of_study) sheet.cell(number);
  }
};

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

/// Columns of the trials as the file has them.
struct Rows {
  std::vector<results::Status> status;
  std::vector<std::vector<double>> columns;  ///< of the schema
  std::vector<std::vector<double>> drawn;
};

void head_trials(Sheet& sheet, bool of_study, const results::Schema& schema,
                 const std::vector<std::string>& drawn) {
  headings(sheet, of_study, {"trial", "status"});
  for (const results::Column& column : schema.columns) sheet.cell(column.name);
  for (const std::string& name : drawn) sheet.cell("parameter " + name);
  sheet.end_line();
}

void write_trials(Sheet& sheet, const Point& point, const results::Schema& schema,
                  std::uint64_t first, const Rows& rows) {
  for (std::size_t i = 0; i < rows.status.size(); ++i) {
    const bool failed = rows.status[i] == results::Status::failed;
    point.begin(sheet);
    sheet.cell(first + i);
    sheet.cell(failed ? "failed" : "completed");
    for (std::size_t c = 0; c < schema.columns.size(); ++c) {
      const double x = rows.columns[c][i];
      const auto& labels = schema.columns[c].labels;
      const bool is_code = schema.columns[c].kind == results::ColumnKind::category;
      if (is_code && x >= 0 && x < static_cast<double>(labels.size())) {
        sheet.cell(labels[static_cast<std::size_t>(x)]);
      } else {
        sheet.cell(is_code ? std::nan("") : x);
      }
    }
    for (const auto& values : rows.drawn) sheet.cell(values[i]);
    sheet.end_line();
  }
}

void head_summary(Sheet& sheet, bool of_study) {
  headings(sheet, of_study,
           {"outcome", "kind", "unit", "count", "missing", "mean", "sd", "se", "ci_low", "ci_high",
            "min", "max"});
  for (const std::string& name : quantile_names()) sheet.cell(name);
  sheet.end_line();
}

void write_summary(Sheet& sheet, const Point& point, const results::Column& column,
                   const results::OutcomeSummary& outcome) {
  point.begin(sheet);
  sheet.cell(column.name);
  sheet.cell(results::name_of(column.kind));
  sheet.cell(column.unit);
  sheet.cell(outcome.count);
  sheet.cell(outcome.missing);
  for (const double x : {outcome.mean, outcome.sd, outcome.se, outcome.ci.low, outcome.ci.high,
                         outcome.min, outcome.max}) {
    sheet.cell(x);
  }
  for (const double x : outcome.quantiles) sheet.cell(x);
  sheet.end_line();
}

void write_shares(Sheet& sheet, const Point& point, const std::vector<results::Share>& shares) {
  for (const results::Share& share : shares) {
    point.begin(sheet);
    sheet.cell(share.label);
    sheet.cell(share.count);
    for (const double x : {share.probability, share.ci.low, share.ci.high}) sheet.cell(x);
    sheet.end_line();
  }
}

void write_incidence(Sheet& sheet, const Point& point, const std::vector<results::Share>& endings) {
  for (const results::Share& ending : endings) {
    for (std::size_t day = 0; day < ending.cumulative_incidence.size(); ++day) {
      point.begin(sheet);
      sheet.cell(ending.label);
      sheet.cell(static_cast<std::uint64_t>(day));
      sheet.cell(ending.cumulative_incidence[day]);
      sheet.end_line();
    }
  }
}

void head_timelines(Sheet& sheet, bool of_study) {
  headings(sheet, of_study, {"timeline", "day", "mean", "sd"});
  for (const std::string& name : quantile_names()) sheet.cell(name);
  sheet.end_line();
}

void write_timeline(Sheet& sheet, const Point& point, const std::string& name,
                    const results::TimelineSummary& timeline) {
  for (std::size_t day = 0; day < timeline.mean.size(); ++day) {
    point.begin(sheet);
    sheet.cell(name);
    sheet.cell(static_cast<std::uint64_t>(day));
    sheet.cell(timeline.mean[day]);
    sheet.cell(day < timeline.sd.size() ? timeline.sd[day] : std::nan(""));
    for (const double x : timeline.quantiles[day]) sheet.cell(x);
    sheet.end_line();
  }
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

/// The tables that runs and studies have both, with their headings.
struct Sheets {
  Sheet summary, endings, incidence, timelines;

  Sheets(const OutputFolder& to, bool of_study, bool (*stop)())
      : summary(to, "summary.csv", stop),
        endings(to, "endings.csv", stop),
        incidence(to, "incidence.csv", stop),
        timelines(to, "timelines.csv", stop) {
    head_summary(summary, of_study);
    headings(endings, of_study, {"ending", "count", "probability", "ci_low", "ci_high"});
    endings.end_line();
    headings(incidence, of_study, {"ending", "day", "share"});
    incidence.end_line();
    head_timelines(timelines, of_study);
  }
  void close() {
    for (Sheet* sheet : {&summary, &endings, &incidence, &timelines}) sheet->close();
  }
};

const char* const rows_left_out = "not all trials keep their rows (--keep): there is no trials.csv";

}  // namespace

std::string export_run(const std::string& file, const OutputFolder& to, bool (*stop)()) {
  const results::RunReader reader(file);
  const results::RunSummary& run = reader.summary();
  const results::Schema& schema = run.schema;
  const bool all_rows = results::rows_of(run) == run.trials;
  write_columns(to, schema, stop);
  write_parameters(to, schema, stop);
  Sheets sheets(to, false, stop);
  for (const results::OutcomeSummary& outcome : run.outcomes) {
    write_summary(sheets.summary, {}, *results::find_column(schema.columns, outcome.name), outcome);
  }
  write_shares(sheets.endings, {}, run.endings);
  Sheet causes(to, "causes.csv", stop);
  headings(causes, false, {"cause", "count", "probability", "ci_low", "ci_high"});
  causes.end_line();
  write_shares(causes, {}, run.causes);
  causes.close();
  write_incidence(sheets.incidence, {}, run.endings);
  for (const results::Timeline& timeline : schema.timelines) {
    write_timeline(sheets.timelines, {}, timeline.name, reader.timeline(timeline.name));
  }
  sheets.close();
  if (!all_rows) return rows_left_out;
  std::vector<std::string> drawn;
  Rows rows{.status = reader.status()};
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
  Sheets sheets(to, true, stop);
  for (const results::Column& column : common.columns) {
    if (column.kind == results::ColumnKind::category) continue;
    const auto summary = study.summary(column.name);
    for (std::size_t row = 0; row < summary.size(); ++row) {
      write_summary(sheets.summary, {true, schema.contained[row]}, column, summary[row]);
    }
  }
  for (std::size_t row = 0; row < schema.contained.size(); ++row) {
    const Point point{true, schema.contained[row]};
    const results::PointCourse course = results::course_of(study, row);
    write_shares(sheets.endings, point, course.endings);
    write_incidence(sheets.incidence, point, course.endings);
    for (std::size_t i = 0; i < course.timelines.size(); ++i) {
      write_timeline(sheets.timelines, point, common.timelines[i].name, course.timelines[i]);
    }
  }
  sheets.close();
  if (!study.keeps_all()) return rows_left_out;
  Sheet trials(to, "trials.csv", stop);
  head_trials(trials, true, common, {});
  for (std::size_t row = 0; row < schema.contained.size(); ++row) {
    results::Block block = study.trials_of(row);
    write_trials(trials, {true, schema.contained[row]}, common, 0,
                 {std::move(block.status), std::move(block.columns), {}});
  }
  trials.close();
  return {};
}

}  // namespace truce::cli
