#include "read_support.hpp"

using truce::test::check_cases;

TEST_CASE("days that do not fit together") {
  check_cases({
      {"due beyond the phase", "{day: 1, count: 5}", "{day: 31, count: 5}",
       "s.yaml:30:15: warning: a tranche of 'give' is performed on day 31, after the phase 'first' "
       "has ended (it lasts 30 days)\n"
       "s.yaml:36:7: warning: a tranche of 'answer' is performed on day 33, after the phase "
       "'first' has ended (it answers the last of 'give'; the phase lasts 30 days)\n"},
      {"performed beyond the phase", "due: [{day: 3}]", "due: [{day: 30}]\n        takes: 6 h",
       "s.yaml:46:15: warning: a tranche of 'open_gates' is performed on day 30.25, after the "
       "phase 'first' has ended (it lasts 30 days)\n"},
      {"a series beyond the phase", "to: 21", "to: 40",
       "s.yaml:30:35: warning: a tranche of 'give' is performed on day 35, after the phase 'first' "
       "has ended (it lasts 30 days)\n"
       "s.yaml:36:7: warning: a tranche of 'answer' is performed on day 37, after the phase "
       "'first' has ended (it answers the last of 'give'; the phase lasts 30 days)\n"},
      {"a series that ends in time by its steps", "to: 21", "to: 34", ""},
      {"by the value of a parameter", "due: [{day: 3}]",
       "due: [{day: 28 + pace}]\n        takes: pace",
       "s.yaml:46:15: warning: a tranche of 'open_gates' is performed on day 32, after the phase "
       "'first' has ended (it lasts 30 days)\n"},
      {"an answer beyond the phase", "lag: pace", "lag: 5 * pace",
       "s.yaml:36:7: warning: a tranche of 'answer' is performed on day 31, after the phase "
       "'first' has ended (it answers the last of 'give'; the phase lasts 30 days)\n"},
      {"too many tranches", "{every: 7, from: 7, to: 21,", "{every: 0.0001, from: 7, to: 21,",
       "s.yaml:30:35: error: a due entry of 'give' makes more than 100000 tranches\n"},
      {"a series without a step", "every: 7,", "every: 0,",
       "s.yaml:30:43: error: 'every' of 'give' is 0 (a series takes time)\n"},
      {"a series that ends before it begins", "from: 7, to: 21", "from: 21, to: 7",
       "s.yaml:30:35: warning: a due entry of 'give' makes no tranche (it would begin on day 21, "
       "after day 7)\n"},
      {"a trigger without end", "at: 5,", "every: 0,",
       "s.yaml:58:24: error: 'every' of 'start_talks' is 0 (it would act without end on the same "
       "day)\n"},
      {"talks without end", "rounds: 3", "rounds: 0 h",
       "s.yaml:53:19: error: 'rounds' of 'cairo' is 0 (it would act without end on the same "
       "day)\n"},
      {"an incident that explodes", "{jump: 0.1, decay: 0.5}", "{jump: 1.5, decay: 0.5}",
       "s.yaml:56:42: warning: the incident 'strike' explodes (each occurrence causes 3 others: "
       "jump / decay)\n"},
  });
}
