#pragma once

#include <string>

#include "scenario/description.hpp"

namespace truce::scenario {

/// A sound scenario in Graphviz's language: phases are clusters that arrows lead through, with the
/// obligations in them; a dashed arrow leads from an obligation to that which answers it; talks,
/// incidents and triggers stand outside, with arrows to what they act on. A party has one colour.
std::string graph_of(const Scenario& scenario);

}  // namespace truce::scenario
