#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/report.hpp"
#include "results/study_reader.hpp"

namespace truce::cli {

/// What `truce show --json` prints of a study, for these outcomes. Throws ResultsError.
nlohmann::ordered_json study_json(const results::StudyReader& study,
                                  const std::vector<std::string>& outcomes);

/// Prints what every point of a study gave, for the outcomes named; without any, those that the
/// study compares, or else its first one. Throws ResultsError.
void print_study(const std::filesystem::path& file, Format format,
                 std::vector<std::string> outcomes);

}  // namespace truce::cli
