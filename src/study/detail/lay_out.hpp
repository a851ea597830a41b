#pragma once

#include <vector>

#include "results/study_schema.hpp"
#include "scenario/compile.hpp"
#include "study/description.hpp"

namespace truce::study {

/// Draws the study's design: fills in the parameters, variants and points of `schema`. Whether a
/// parameter is known is asked of every variant; values and priors are those of the first. False
/// where something is wrong, which is reported.
bool lay_out(const Description& description, const std::vector<scenario::Loaded>& variants,
             results::StudySchema& schema, scenario::Diagnostics& diagnostics);

}  // namespace truce::study
