#include "read_support.hpp"

using truce::test::check_cases;

TEST_CASE("names are unique, free and well-formed") {
  check_cases({
      {"twice in different sections", "  anger:", "  guests:",
       "s.yaml:59:3: error: the name 'guests' is used twice (first at line 13; names are unique in "
       "a scenario)\n"},
      {"a signal with the name of another", "{signal: outrage}", "{signal: outrage}, {signal: aid}",
       "s.yaml:59:89: error: the name 'aid' is used twice (first at line 16; names are unique in a "
       "scenario)\n"},
      {"a word of the language", "  pace: 2", "  pace: 2\n  rest: 2",
       "s.yaml:8:3: error: the name 'rest' is a word of the language; choose another\n"},
      {"an owner of random places", "  watch: {role: monitor}", "  mediation: {role: monitor}",
       "s.yaml:11:3: error: the name 'mediation' is a word of the language; choose another\n"},
      {"a unit", "  pace: 2", "  pace: 2\n  h: pace",
       "s.yaml:8:3: error: the name 'h' is a word of the language; choose another\n"},
      {"the stream of another", "ratio: 3", "ratio: 3\n        stream: give",
       "s.yaml:41:17: error: 'answer' and 'give' have the same stream, 'give' (they would draw the "
       "same random numbers); give each a stream of its own\n"},
      {"a stream of no name", "ratio: 3", "ratio: 3\n        stream: a.b",
       "s.yaml:41:17: error: 'a.b' is no name (names are letters, digits and '_', and begin with "
       "no "
       "digit)\n"},
      {"a dot in a name", "  second:", "  second.half:",
       "s.yaml:48:48: error: unknown phase 'second'\n"
       "s.yaml:50:3: error: 'second.half' is no name (names are letters, digits and '_', and begin "
       "with no digit)\n"},
      {"a digit first", "  watch: {", "  2nd: {",
       "s.yaml:11:3: error: '2nd' is no name (names are letters, digits and '_', and begin with no "
       "digit)\n"},
      {"an attribute that every party has", "will: {initial", "suspended: 1, will: {initial",
       "s.yaml:10:36: error: 'suspended' is no name of an attribute (every party has it)\n"},
      {"an outcome that is always measured", "  done: {", "  cause: {",
       "s.yaml:62:3: error: the outcome 'cause' is always measured; choose another name\n"},
      {"an outcome that is no name", "  done: {", "  done-now: {",
       "s.yaml:62:3: error: 'done-now' is no name of an outcome\n"},
      {"a timeline twice", "[guests.freed,", "[guests.freed, guests.freed,",
       "s.yaml:63:27: error: the timeline 'guests.freed' stands twice\n"},
      {"a verification that is no name", "  eyes: {takes: 6 h, detects: 0.9}",
       "  eyes: {takes: 6 h, detects: 0.9}\n  \"an eye\": {}",
       "s.yaml:19:3: error: 'an eye' is no name of a verification\n"},
  });
}
