#pragma once

#include "scenario/mapping_reader.hpp"
#include "study/description.hpp"

namespace truce::study {

/// Reads `factors` and `fraction`, and crosses the variants of the study with them.
void read_factors(scenario::MappingReader& in, Description& study,
                  scenario::Diagnostics& diagnostics);

}  // namespace truce::study
