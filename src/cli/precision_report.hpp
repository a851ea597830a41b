#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "results/study_reader.hpp"

namespace truce::cli {

/// What a study's points were asked for and reached: of a mean in one line, of a difference with a
/// row for each of the first rows of the design. Empty where no precision was asked for.
std::string precision_text(const results::StudyReader& study, std::size_t most_rows);

/// All of it, for machines; null where none was asked for.
nlohmann::ordered_json precision_json(const results::StudyReader& study);

}  // namespace truce::cli
