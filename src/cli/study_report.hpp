#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/report.hpp"

namespace truce::cli {

/// Prints what every point of a study gave, for the outcomes named; without any, those that the
/// study compares, or else its first one. Throws ResultsError.
void print_study(const std::filesystem::path& file, Format format,
                 std::vector<std::string> outcomes);

}  // namespace truce::cli
