#include "read_support.hpp"

using truce::test::check_cases;
using truce::test::findings_of;
using truce::test::sound;

TEST_CASE("the scenario that the cases are made of is sound") {
  CHECK(findings_of(sound).empty());
}

TEST_CASE(
    "what is written in a wrong form is reported where it stands, and nothing follows from it") {
  check_cases({
      {"unknown key, near miss", "comply: word", "complys: word",
       "s.yaml:31:9: error: unknown key 'complys' in obligation 'give'; did you mean 'comply'?\n"},
      {"unknown key, nothing near", "comply: word", "volume: 3\n        comply: word",
       "s.yaml:31:9: error: unknown key 'volume' in obligation 'give'; there are by, to, release, "
       "effects, due, singly, against, ratio, count, upon, lag, requires and 13 more\n"},
      {"unknown key of a section", "outcomes:", "outcome:",
       "s.yaml:61:1: error: unknown key 'outcome' in the scenario; did you mean 'outcomes'?\n"},
      {"unknown key of a part", "{day: 1, count: 5}", "{day: 1, cuont: 5, count: 5}",
       "s.yaml:30:24: error: unknown key 'cuont' in due entry of 'give'; did you mean 'count'?\n"},
      {"missing key of the file", "horizon: 100 days\n", "",
       "s.yaml:1:1: error: the scenario lacks the key 'horizon' (when every trial "
       "ends)\n"},
      {"missing version", "truce: 2\n", "",
       "s.yaml:1:1: error: the scenario lacks the key 'truce' (version of the language: 2)\n"},
      {"missing key of a party", "watch: {role: monitor}", "watch: {}",
       "s.yaml:11:10: error: party 'watch' lacks the key 'role' (principal, mediator, guarantor, "
       "monitor, donor or spoiler)\n"},
      {"missing key of an obligation", "        by: a\n        release: guests",
       "        release: guests",
       "s.yaml:28:9: error: obligation 'give' lacks the key 'by' (the party that owes)\n"},
      {"missing key of a rule", "{chance: 0.5, do: [{extend: 7 days}]}", "{chance: 0.5}",
       "s.yaml:49:9: error: rule of 'first' lacks the key 'do' (what it does)\n"},
      {"missing key of talks", "{rounds: 3, agree: 0.2,", "{agree: 0.2,",
       "s.yaml:53:10: error: talks 'cairo' lacks the key 'rounds' (length of a round)\n"},
      {"missing key of excites", "{jump: 0.1, decay: 0.5}", "{jump: 0.1}",
       "s.yaml:56:35: error: excites of 'strike' lacks the key 'decay' (at which that decays)\n"},
      {"missing weight", "hold: {weight: 1, for: 3 days}", "hold: {for: 3 days}",
       "s.yaml:20:45: error: response 'hold' lacks the key 'weight' (relative to the other "
       "responses)\n"},
      {"a list for a mapping of names", "parties:\n", "parties:\n  - b\nparty:\n",
       "s.yaml:9:3: error: 'parties' of the scenario: expected a mapping of party names, found a "
       "list\n"
       "s.yaml:10:1: error: unknown key 'party' in the scenario; there are truce, name, summary, "
       "sources, start, horizon, observe, tick, lists, parameters, correlations, parties and 15 "
       "more\n"},
      {"a scalar for a mapping", "watch: {role: monitor}", "watch: monitor",
       "s.yaml:11:10: error: party 'watch': expected a mapping, found 'monitor'\n"},
      {"a scalar for a list", "due: [{day: 3}]", "due: 3",
       "s.yaml:46:14: error: 'due' of obligation 'open_gates': expected a list, found '3'; write "
       "[{day: 7, count: 5}]\n"},
      {"a list for a value", "lasts: 30", "lasts: [30]",
       "s.yaml:25:12: error: 'lasts' of phase 'first': expected a value, found a list\n"},
      {"a mapping for a name", "verified_by: eyes", "verified_by: {eyes: 1}",
       "s.yaml:34:22: error: 'verified_by' of obligation 'give': expected a name, found a "
       "mapping\n"},
      {"nothing for a value", "lasts: 30",
       "lasts:", "s.yaml:25:5: error: 'lasts' of phase 'first': expected a value, found nothing\n"},
      {"a list for a text", "name: base", "name: [base]",
       "s.yaml:2:7: error: 'name' of the scenario: expected a text, found a list\n"},
      {"a mapping for a text", "unit: trucks/day", "unit: {trucks: day}",
       "s.yaml:16:47: error: 'unit' of level 'aid': expected a text, found a mapping\n"},
      {"a list for a text of sources", "name: base", "sources: [[x]]",
       "s.yaml:2:11: error: 'sources': expected a text, found a list\n"},
      {"a word for a flag", "verified_by: eyes", "singly: often\n        verified_by: eyes",
       "s.yaml:34:17: error: 'singly' of obligation 'give': expected true or false, found "
       "'often'\n"},
      {"unknown role", "role: monitor", "role: moniter",
       "s.yaml:11:17: error: 'role' of party 'watch': expected one of principal, mediator, "
       "guarantor, monitor, donor, spoiler, found 'moniter'\n"},
      {"unknown choice", "ratio: 3", "upon: done\n        ratio: 3",
       "s.yaml:40:15: error: 'upon' of obligation 'answer': expected one of fulfilled, performed, "
       "found 'done'\n"},
      {"on_collapse", "name: base", "on_collapse: stop",
       "s.yaml:2:14: error: 'on_collapse' of the scenario: expected one of end, continue, found "
       "'stop'\n"},
  });
}
