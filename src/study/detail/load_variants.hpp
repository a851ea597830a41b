#pragma once

#include <optional>
#include <vector>

#include "scenario/compile.hpp"
#include "study/description.hpp"

namespace truce::study {

/// The scenario under each of the study's overlays, with the distributions that the study varies
/// as priors. Nothing where something is wrong, which is reported in one pass.
std::optional<std::vector<scenario::Loaded>> load_variants(const Description& description,
                                                           scenario::Diagnostics& diagnostics);

}  // namespace truce::study
