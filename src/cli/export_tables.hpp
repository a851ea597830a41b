#pragma once

#include <string>

#include "cli/output_folder.hpp"

namespace truce::cli {

/// The name of the table that every export has: what the columns of the others are.
inline constexpr const char* export_mark = "columns.csv";

/// Writes what a results file holds as tables in CSV (RFC 4180, UTF-8, a line of names; numbers in
/// full precision, nothing where there is no value, yes/no as 1 and 0, labels as words): columns,
/// trials (with drawn parameters), summary, endings, causes, incidence, timelines; parameters of a
/// run, design of a study. Tables of a study begin with `point`. Returns what was left out: a
/// sentence, or nothing. Throws ResultsError; ExportInterrupted once `stop` says so.
std::string export_run(const std::string& file, const OutputFolder& to, bool (*stop)());
std::string export_study(const std::string& file, const OutputFolder& to, bool (*stop)());

}  // namespace truce::cli
