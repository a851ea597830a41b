#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace truce::cli {

/// All that the page of a run, of two runs, or of a study tells: what `show --json` and
/// `compare --json` print, with the courses in time, the scenario and where all is from. Keys are
/// those that page/data.js reads. `explore`: with sliders between the points of a study. Throws
/// ResultsError, and std::invalid_argument for a shard, and for what cannot be explored.
nlohmann::ordered_json page_data(const std::vector<std::string>& files, bool explore);

}  // namespace truce::cli
