#include "cli/common_sheets.hpp"

#include <fmt/format.h>

#include <cmath>

namespace truce::cli {

namespace {

std::vector<std::string> quantile_names() {
  std::vector<std::string> names;
  for (const double p : results::quantile_probabilities()) names.push_back(fmt::format("q{}", p));
  return names;
}

}  // namespace

void headings(Sheet& sheet, bool of_study, std::initializer_list<std::string_view> names) {
  if (of_study) sheet.cell("point");
  for (const std::string_view name : names) sheet.cell(name);
}

void write_shares(Sheet& sheet, const ExportPoint& point,
                  const std::vector<results::Share>& shares) {
  for (const results::Share& share : shares) {
    point.begin(sheet);
    sheet.cell(share.label);
    sheet.cell(share.count);
    for (const double x : {share.probability, share.ci.low, share.ci.high}) sheet.cell(x);
    sheet.end_line();
  }
}

CommonSheets::CommonSheets(const OutputFolder& to, bool of_study, bool (*stop)())
    : summary_(to, "summary.csv", stop),
      endings_(to, "endings.csv", stop),
      incidence_(to, "incidence.csv", stop),
      timelines_(to, "timelines.csv", stop) {
  headings(summary_, of_study,
           {"outcome", "kind", "unit", "count", "missing", "mean", "sd", "se", "ci_low", "ci_high",
            "min", "max"});
  headings(endings_, of_study, {"ending", "count", "probability", "ci_low", "ci_high"});
  headings(incidence_, of_study, {"ending", "day", "share"});
  headings(timelines_, of_study, {"timeline", "day", "mean", "sd"});
  for (Sheet* const sheet : {&summary_, &timelines_}) {
    for (const std::string& name : quantile_names()) sheet->cell(name);
  }
  for (Sheet* const sheet : {&summary_, &endings_, &incidence_, &timelines_}) sheet->end_line();
}

void CommonSheets::close() {
  for (Sheet* const sheet : {&summary_, &endings_, &incidence_, &timelines_}) sheet->close();
}

void CommonSheets::add_summary(const ExportPoint& point, const results::Column& column,
                               const results::OutcomeSummary& outcome) {
  point.begin(summary_);
  summary_.cell(column.name);
  summary_.cell(results::name_of(column.kind));
  summary_.cell(column.unit);
  summary_.cell(outcome.count);
  summary_.cell(outcome.missing);
  for (const double x : {outcome.mean, outcome.sd, outcome.se, outcome.ci.low, outcome.ci.high,
                         outcome.min, outcome.max}) {
    summary_.cell(x);
  }
  for (const double x : outcome.quantiles) summary_.cell(x);
  summary_.end_line();
}

void CommonSheets::add_endings(const ExportPoint& point,
                               const std::vector<results::Share>& endings) {
  write_shares(endings_, point, endings);
  for (const results::Share& ending : endings) {
    for (std::size_t day = 0; day < ending.cumulative_incidence.size(); ++day) {
      point.begin(incidence_);
      incidence_.cell(ending.label);
      incidence_.cell(static_cast<std::uint64_t>(day));
      incidence_.cell(ending.cumulative_incidence[day]);
      incidence_.end_line();
    }
  }
}

void CommonSheets::add_timeline(const ExportPoint& point, const std::string& name,
                                const results::TimelineSummary& timeline) {
  for (std::size_t day = 0; day < timeline.mean.size(); ++day) {
    point.begin(timelines_);
    timelines_.cell(name);
    timelines_.cell(static_cast<std::uint64_t>(day));
    timelines_.cell(timeline.mean[day]);
    timelines_.cell(day < timeline.sd.size() ? timeline.sd[day] : std::nan(""));
    for (const double x : timeline.quantiles[day]) timelines_.cell(x);
    timelines_.end_line();
  }
}

void head_trials(Sheet& sheet, bool of_study, const results::Schema& schema,
                 const std::vector<std::string>& drawn) {
  headings(sheet, of_study, {"trial", "status"});
  for (const results::Column& column : schema.columns) sheet.cell(column.name);
  for (const std::string& name : drawn) sheet.cell("parameter " + name);
  sheet.end_line();
}

void write_trials(Sheet& sheet, const ExportPoint& point, const results::Schema& schema,
                  std::uint64_t first, const ExportedRows& rows) {
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

}  // namespace truce::cli
