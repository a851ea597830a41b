#pragma once

#include <string>

namespace truce::scenario {

/// JSON Schema (draft-07, which editors read best) of the scenario language, as indented text, made
/// from the tables of keys by which scenarios are read. It refuses unknown and missing keys and
/// values of a wrong kind; names, expressions and what belongs together are left to
/// check_structure. A file that `extends` another may lack keys, and may delete them with null.
std::string json_schema();

}  // namespace truce::scenario
