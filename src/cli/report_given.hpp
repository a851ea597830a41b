#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/report.hpp"

namespace truce::cli {

/// What print_summary prints, among the trials for which a condition on the columns holds, with how
/// many these are. Throws ResultsError, and std::invalid_argument where the condition is none, or
/// holds in no trial.
void print_summary_given(const std::filesystem::path& file, const std::string& condition,
                         Format format, const std::vector<std::string>& outcomes, bool all);

}  // namespace truce::cli
