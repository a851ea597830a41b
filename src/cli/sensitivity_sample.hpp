#pragma once

#include <string>
#include <vector>

#include "cli/sensitivity_measures.hpp"

namespace truce::cli {

/// What any sample of points tells: indices by an emulator where it is good enough, partial rank
/// correlation and regression. Of the parameters that differ between the points with a value; the
/// others have no measures. `groups` as in sensitivity_of. Throws std::invalid_argument for groups
/// of other parameters, and where no parameter differs.
Sensitivity sample_sensitivity(const std::string& design, const analysis::StudyTable& table,
                               const std::vector<std::string>& groups);

}  // namespace truce::cli
