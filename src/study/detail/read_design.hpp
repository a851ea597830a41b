#pragma once

#include "study/description.hpp"

namespace truce::study {

/// Reads the section `design` into a study of which the seed is known. What is wrong is reported.
void read_design(const scenario::Node& node, Description& study,
                 scenario::Diagnostics& diagnostics);
/// Reports what does not go together with the kind of the design of a study that has been read.
void check_design(const Description& study, scenario::Diagnostics& diagnostics);

}  // namespace truce::study
