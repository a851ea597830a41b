#pragma once

#include <string>

namespace truce::scenario {

/// JSON Schema (draft-07, which editors read best) of the scenario language, as indented text, made
/// from the tables of keys by which scenarios are read. It refuses unknown and missing keys and
/// values of a wrong kind; names, expressions and what belongs together are left to
/// check_structure. A file that `extends` another may lack keys, and may delete them with null.
std::string json_schema();

/// The same of records, made from the rows by which they are read.
std::string record_json_schema();

/// The words of the language as JSON, for editors and for checks of its page: `functions`,
/// `distributions` with their parameters, `units` of time, `reserved` (names that no entity may
/// have), `events` by kind of entity, `effects`, `responses` and `outcomes`.
std::string vocabulary();

}  // namespace truce::scenario
