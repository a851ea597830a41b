#pragma once

#include "scenario/document.hpp"

namespace truce::scenario {

/// Adds an entry to a mapping; one whose key cannot be a name is reported, and left out.
void add_entry(Node& mapping, Node key, Node value, Diagnostics& diagnostics);
/// Leaves the first of the entries with the same key, and reports the others.
void remove_duplicates(Node& mapping, Diagnostics& diagnostics);

}  // namespace truce::scenario
