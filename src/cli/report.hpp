#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "results/run_reader.hpp"

namespace truce::cli {

enum class Format { text, json };

/// Columns of the terminal that stdout is, 80 at least; 80 for files and pipes.
std::size_t screen_columns();

/// Lines broken so that they fit that screen; what is left of a line is indented by two.
std::string fitted(const std::string& text);

/// What `truce show --json` prints of a run, with the distribution of each outcome named. Throws
/// ResultsError.
nlohmann::ordered_json summary_report(const results::RunReader& run,
                                      const std::vector<std::string>& outcomes);

/// Prints the summary of a results file to stdout, with a histogram of each outcome named: all of
/// its outcomes, or those that the scenario names. Throws ResultsError.
void print_summary(const std::filesystem::path& file, Format format,
                   const std::vector<std::string>& outcomes, bool all);

/// Prints its means with the narrower intervals that control variates give. Throws ResultsError.
void print_controlled(const std::filesystem::path& file, bool all);

}  // namespace truce::cli
