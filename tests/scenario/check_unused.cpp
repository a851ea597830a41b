#include "read_support.hpp"

using truce::test::check_cases;

TEST_CASE("what nothing uses, and what has no effect, is a warning") {
  check_cases({
      {"parameter", "  pace: 2", "  pace: 2\n  idle: 3",
       "s.yaml:8:3: warning: parameter 'idle' is not used\n"},
      {"level", "{value: guests.living + aid}", "{value: guests.living}",
       "s.yaml:16:3: warning: level 'aid' is never read\n"},
      {"attribute", "will: {initial", "zeal: 1, will: {initial",
       "s.yaml:10:36: warning: attribute 'b.zeal' is never read\n"},
      {"cohort", "levels:", "  forgotten: {held_by: b, living: 3}\nlevels:",
       "s.yaml:15:3: warning: cohort 'forgotten' is not used\n"},
      {"verification", "        verified_by: eyes\n", "",
       "s.yaml:18:3: warning: verification 'eyes' is not used\n"},
      {"policy", "        breach: measured\n", "",
       "s.yaml:20:3: warning: policy 'measured' is not used\n"},
      {"mediation", "tolerate: 1, dispute: 2", "tolerate: 1",
       "s.yaml:22:12: warning: the mediation is not used (no policy disputes)\n"},
      {"talks", "{open: cairo}", "{extend: 1}",
       "s.yaml:53:3: warning: talks 'cairo' are never opened\n"},
      {"incident that is read, but never raised",
       "retaliate: {weight: 1, incident: {a: shots, b: strike}}}", "withdraw: strike.occurred}",
       "s.yaml:56:3: warning: incident 'strike' has no rate, and nothing raises it\n"},
      {"while of an incident without a rate", "excites: {jump: 0.1, decay: 0.5}", "while: active",
       "s.yaml:56:3: warning: 'while' of the incident 'strike' has no effect (it has no rate; "
       "effects and retaliation ignore 'while')\n"},
      {"signal that nothing hears", "upon: [outrage, cairo.agreed]", "upon: cairo.agreed",
       "s.yaml:59:70: warning: signal 'outrage' is heard by nothing\n"},
      {"signal that nothing raises", ", {signal: outrage}", "",
       "s.yaml:60:17: warning: nothing raises the signal 'outrage'\n"},
      {"trigger", "  calm: {", "  idle: {at: 3}\n  calm: {",
       "s.yaml:60:3: warning: trigger 'idle' does nothing\n"},
      {"obligation", "        due: [{day: 3}]\n", "",
       "s.yaml:43:7: warning: obligation 'open_gates' never falls due\n"},
      {"obligation without an entry", "due: [{day: 3}]", "due: []",
       "s.yaml:43:7: warning: obligation 'open_gates' never falls due\n"},
  });
}
