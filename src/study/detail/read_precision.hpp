#pragma once

#include "study/description.hpp"

namespace truce::study {

/// Reads the section `precision` into a study of which the variants are known. What is wrong is
/// reported.
void read_precision(const scenario::Node& node, Description& study,
                    scenario::Diagnostics& diagnostics);

}  // namespace truce::study
