#include "read_support.hpp"

using truce::test::check_cases;

TEST_CASE("each phase can be reached, and each rule can act") {
  check_cases({
      {"a rule before it always acts", "{chance: 0.5, do: [{extend: 7 days}]}\n  second:",
       "{do: [{extend: 7 days}]}\n  third:\n    lasts: 3\n  second:",
       "s.yaml:50:3: error: nothing reaches the phase 'third' (no effect advances to it, and the "
       "phase before it never ends by default)\n"},
      {"begin does not lead to the first", "name: base", "begin: [{open: cairo}]",
       "s.yaml:24:3: error: nothing reaches the phase 'first' ('begin' does not advance to it)\n"},
      {"the phase before never ends", "    lasts: 10\n",
       "    obligations: {}\n  third: {lasts: 3}\n",
       "s.yaml:52:3: error: nothing reaches the phase 'third' (no effect advances to it, and the "
       "phase before it never ends by default)\n"},
      {"rules of a phase that never ends", "    lasts: 10\n", "    then: [{do: [{end: over}]}]\n",
       "s.yaml:50:3: warning: the rules 'then' of 'second' never act (the phase has neither "
       "'lasts' nor 'ends_when')\n"},
      {"rules after one that always acts", "- {if: cairo.agreed >= 1, do: [{advance: second}]}",
       "- {do: [{advance: second}]}",
       "s.yaml:49:9: error: this rule of 'first' never acts (the one before it has neither 'if' "
       "nor 'chance', so always acts)\n"},
      {"a phase that can begin again", "    lasts: 10\n",
       "    lasts: 10\n    then: [{if: cairo.agreed >= 2, do: [{advance: first}]}]\n",
       "s.yaml:24:3: warning: the phase 'first' can begin again while its old tranches run "
       "(tranches outlive their phase, and a phase entered again schedules its own anew)\n"},
      {"a phase that can follow itself", "- {if: cairo.agreed >= 1, do: [{advance: second}]}",
       "- {if: cairo.agreed >= 1, do: [{advance: first}]}",
       "s.yaml:24:3: warning: the phase 'first' can begin again while its old tranches run "
       "(tranches outlive their phase, and a phase entered again schedules its own anew)\n"},
  });
}
