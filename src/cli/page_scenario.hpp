#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/page_parts.hpp"
#include "results/study_reader.hpp"

namespace truce::cli {

/// The scenario as the page draws it: its phases with their obligations, who owes each, what it
/// answers and when it is due; talks, incidents and triggers. Null for a text that is none.
nlohmann::ordered_json graph_json(const results::Schema& schema);

/// The course of each timeline as agreed, by its name, [day]: what the scenario says that falls due
/// is given in full and in time, and no incident occurs; all else, talks among it, as the scenario
/// has it, so that it is the median of some trials. Null where that cannot be run; also where the
/// tables of the scenario, which are looked for beside `file`, are not those that it was run with,
/// which `note` tells then.
nlohmann::ordered_json agreed_json(const std::string& file, const results::Schema& schema,
                                   const PageDays& days, std::string& note);

/// What drives these outcomes, as `truce sensitivity --json` tells it of the variant that others
/// are compared with; empty for a design that is no sample, or too small a one.
nlohmann::ordered_json drivers_json(const results::StudyReader& study,
                                    const std::vector<std::string>& outcomes);

/// Which chance decides, of a file of `truce why -o`. Null without.
nlohmann::ordered_json turning_points_json(const std::string& file);

}  // namespace truce::cli
