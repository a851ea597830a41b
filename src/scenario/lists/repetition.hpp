#pragma once

#include "scenario/document.hpp"

namespace truce::scenario {

/// Does the repetition that the section `lists` asks for, on the structure of the text: entries
/// whose key has `<list>` in it stand for one for each item, items of sequences with an unbound
/// `<list>` in their texts too, and aggregates as `sum(list, ...)` are written out. The section
/// stays. What is made tells of its repetition in its positions. An expansion to more than 100,000
/// nodes or 16 MB is reported before it is made, and a null node returned.
Node repeated(const Node& document, Diagnostics& diagnostics);

}  // namespace truce::scenario
