#pragma once

#include <string>
#include <vector>

#include "truce/scenario/diagnostics.hpp"

namespace truce::scenario {

/// The numbers in `column` of the CSV file `file` (first line: names), sorted, for `empirical`. The
/// path is relative to the scenario file of `position`. Cells that are empty are left out; any
/// other that is no finite number is a problem. Returns nothing and says why in `problem` on
/// failure.
std::vector<double> read_observations(const Position& position, const std::string& file,
                                      const std::string& column, std::string& problem);

}  // namespace truce::scenario
