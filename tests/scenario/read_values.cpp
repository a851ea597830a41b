#include "read_support.hpp"

using truce::test::check_cases;

TEST_CASE("what cannot be read is reported once, and nothing follows from its absence") {
  check_cases({
      {"syntax of a day", "{day: 1, count: 5}", "{day: 1 +, count: 5}",
       "s.yaml:30:24: error: a value is missing at the end; quote a value with ', ' or ': ' in "
       "it\n"},
      {"syntax of a count", "{day: 1, count: 5}", "{day: 1, count: 5 +}",
       "s.yaml:30:34: error: a value is missing at the end; quote a value with ', ' or ': ' in "
       "it\n"},
      {"syntax of late_by", "late_by: exponential(2)", "late_by: 2 +",
       "s.yaml:33:21: error: a value is missing at the end; quote a value with ', ' or ': ' in "
       "it\n"},
      {"syntax of a weight", "{late: 1, refuse: 1}", "{late: 1 +, refuse: 1}",
       "s.yaml:32:30: error: a value is missing at the end; quote a value with ', ' or ': ' in "
       "it\n"},
      {"syntax of living", "living: 80", "living: 80 +",
       "s.yaml:14:46: error: a value is missing at the end; quote a value with ', ' or ': ' in "
       "it\n"},
      {"syntax of an incident", "rate: 0.01 * b.will", "rate: 0.01 * * b.will",
       "s.yaml:55:38: error: a value is missing before '*'\n"},
      {"unit of a duration", "takes: 6 h", "takes: 6 hrs",
       "s.yaml:18:19: error: 'hrs' is no unit of time (units are d, day, days, h, hour, hours, "
       "min, minute, minutes, week, weeks); write 'hours'\n"},
      {"unknown failure", "{late: 1, refuse: 1}", "{late: 1, refusal: 1}",
       "s.yaml:32:30: error: unknown key 'refusal' in 'otherwise'; did you mean 'refuse'?\n"},
      {"no weights", "{late: 1, refuse: 1}\n        late_by: exponential(2)", "{}",
       "s.yaml:32:20: error: 'otherwise' has no weights; leave it out for the default\n"},
      {"unknown response", "tolerate: 1, dispute: 2", "tolerate: 1, disptue: 2, dispute: 2",
       "s.yaml:20:27: error: unknown key 'disptue' in policy 'measured'; did you mean "
       "'dispute'?\n"},
      {"a policy that says nothing",
       "measured: {tolerate: 1, dispute: 2, hold: {weight: 1, for: 3 days}}\n",
       "measured: {summary: none}\n", "s.yaml:20:3: error: policy 'measured' has no response\n"},
      {"a policy that is no mapping",
       "fire_back: {tolerate: 1, retaliate: {weight: 1, incident: {a: shots, b: strike}}}",
       "fire_back: tolerate",
       "s.yaml:21:14: error: policy 'fire_back': expected a mapping, found 'tolerate'; "
       "write {tolerate: 2, dispute: 1}\n"},
      {"for of a response that restrains nobody", "dispute: 2,", "dispute: {weight: 2, for: 3},",
       "s.yaml:20:27: error: 'dispute' takes neither 'for' nor 'notice'\n"},
      {"retaliation without its incident",
       "retaliate: {weight: 1, incident: {a: shots, b: strike}}", "retaliate: 1",
       "s.yaml:21:28: error: 'retaliate' lacks its incident; write {weight: ..., incident: "
       "NAME}\n"},
      {"an incident of another response", "dispute: 2,", "dispute: {weight: 2, incident: shots},",
       "s.yaml:20:27: error: 'dispute' takes no incident\n"},
      {"effects that are no list", "do: [{open: cairo}]", "do: {open: cairo}",
       "s.yaml:58:28: error: effects of 'start_talks': expected a list, found a mapping; write "
       "[{set: {x: 1}}, ...]\n"},
      {"no effect in an item", "do: [{open: cairo}]", "do: [{open: cairo}, {after: 3}]",
       "s.yaml:58:44: error: an item of effects has one effect, this has 0\n"},
      {"two effects in an item", "do: [{open: cairo}]", "do: [{open: cairo, extend: 3}]",
       "s.yaml:58:29: error: an item of effects has one effect, this has 2; write them as items of "
       "their own\n"},
      {"unknown effect", "do: [{open: cairo}]", "do: [{open: cairo}, {opne: cairo}]",
       "s.yaml:58:45: error: unknown key 'opne' in effect of 'start_talks'; did you mean "
       "'open'?\n"},
      {"an effect that names nothing", "do: [{open: cairo}]", "do: [{open: cairo}, {set: {}}]",
       "s.yaml:58:50: error: 'set' names nothing; write {set: {NAME: value}}\n"},
      {"unknown key of an effect", "do: [{open: cairo}]",
       "do: [{open: cairo}, {suspend: {prty: a, party: a}}]",
       "s.yaml:58:55: error: unknown key 'prty' in suspend of 'start_talks'; did you mean "
       "'party'?\n"},
      {"two sources of a trigger", "at: 5,", "at: 5, every: 3,",
       "s.yaml:58:3: error: trigger 'start_talks' has 2 sources; give it one of upon, when, at, "
       "every, rate\n"},
      {"no source of a trigger", "at: 5, do", "do",
       "s.yaml:58:3: error: trigger 'start_talks' has 0 sources; give it one of upon, when, at, "
       "every, rate\n"},
      {"no event in a list", "upon: [outrage, cairo.agreed]", "upon: []",
       "s.yaml:60:16: error: 'upon' is an empty list\n"},
      {"two measures of an outcome", "{value: guests.living + aid}",
       "{value: guests.living + aid, peak: aid}",
       "s.yaml:62:3: error: outcome 'done' has 2 measures; give it one of value, first, integral, "
       "peak, trough\n"},
      {"no measure of an outcome", "{value: guests.living + aid}",
       "{value: guests.living + aid}\n  idle: {unit: day}",
       "s.yaml:63:3: error: outcome 'idle' has 0 measures; give it one of value, first, integral, "
       "peak, trough\n"},
      {"a timeline of two", "{trust_of_b: b.trust}", "{x: b.trust, y: 1}",
       "s.yaml:63:27: error: timeline: expected an expression, found a mapping; write an "
       "expression, or NAME: expression\n"},
      {"another version", "truce: 2", "truce: 3",
       "s.yaml:1:8: error: 'truce' is '3', a version of the language that is not known (this "
       "program reads version 2)\n"},
      {"a day that does not exist", "2025-01-19", "2025-02-29",
       "s.yaml:3:8: error: 'start' is '2025-02-29' (no date); write YYYY-MM-DD\n"},
      {"a date with a sign", "2025-01-19", "+025-01-19",
       "s.yaml:3:8: error: 'start' is '+025-01-19' (no date); write YYYY-MM-DD\n"},
      {"a date with another sign", "2025-01-19", "-000-01-19",
       "s.yaml:3:8: error: 'start' is '-000-01-19' (no date); write YYYY-MM-DD\n"},
      {"a date of another form", "2025-01-19", "19.01.2025",
       "s.yaml:3:8: error: 'start' is '19.01.2025' (no date); write YYYY-MM-DD\n"},
      {"one parameter correlated",
       "phases:", "correlations: [{between: [word], rho: 0.5}]\nphases:",
       "s.yaml:23:26: error: 'between' takes two names\n"},
      {"a correlation without rho", "phases:", "correlations: [{between: [word, word]}]\nphases:",
       "s.yaml:23:16: error: correlation lacks the key 'rho' (correlation of the normal scores)\n"},
  });
}
