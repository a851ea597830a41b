#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "cli/export_sheet.hpp"
#include "results/block.hpp"
#include "results/schema.hpp"
#include "results/summary.hpp"
#include "results/timeline_statistics.hpp"

namespace truce::cli {

/// Begins a line, of a point where it is of a study.
struct ExportPoint {
  bool of_study = false;
  std::uint64_t number = 0;
  void begin(Sheet& sheet) const {
    if (of_study) sheet.cell(number);
  }
};

/// Headings of a line, behind that of the point.
void headings(Sheet& sheet, bool of_study, std::initializer_list<std::string_view> names);

/// Labels with their counts, shares and intervals.
void write_shares(Sheet& sheet, const ExportPoint& point,
                  const std::vector<results::Share>& shares);

/// The tables of statistics that runs and studies have both, with their headings.
class CommonSheets {
 public:
  CommonSheets(const OutputFolder& to, bool of_study, bool (*stop)());
  void add_summary(const ExportPoint& point, const results::Column& column,
                   const results::OutcomeSummary& outcome);
  void add_endings(const ExportPoint& point, const std::vector<results::Share>& endings);
  void add_timeline(const ExportPoint& point, const std::string& name,
                    const results::TimelineSummary& timeline);
  void close();

 private:
  Sheet summary_, endings_, incidence_, timelines_;
};

/// Columns of the trials as the file has them.
struct ExportedRows {
  std::vector<results::Status> status;
  std::vector<std::vector<double>> columns;  ///< of the schema
  std::vector<std::vector<double>> drawn;
};

void head_trials(Sheet& sheet, bool of_study, const results::Schema& schema,
                 const std::vector<std::string>& drawn);
void write_trials(Sheet& sheet, const ExportPoint& point, const results::Schema& schema,
                  std::uint64_t first, const ExportedRows& rows);

}  // namespace truce::cli
