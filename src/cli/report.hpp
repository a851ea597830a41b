#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace truce::cli {

enum class Format { text, json };

/// Prints the summary of a results file to stdout, with a histogram of each outcome named. Throws
/// ResultsError.
void print_summary(const std::filesystem::path& file, Format format,
                   const std::vector<std::string>& outcomes);

}  // namespace truce::cli
