#pragma once

#include <string>
#include <vector>

#include "scenario/diagnostics.hpp"

namespace truce::scenario {

/// The numbers in `column` of the CSV file `file`, sorted, for `empirical`. The path is relative to
/// the scenario file of `position`. What is wrong is reported, and nothing returned then.
std::vector<double> read_observations(const Position& position, const std::string& file,
                                      const std::string& column, Diagnostics& diagnostics);

}  // namespace truce::scenario
