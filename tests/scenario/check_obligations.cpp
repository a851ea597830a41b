#include "read_support.hpp"

using truce::test::check_cases;

TEST_CASE("the keys of an obligation and of a cohort fit together") {
  check_cases({
      {"neither release nor effects", "        effects: [{add: {aid: 50}}]\n", "",
       "s.yaml:43:7: error: obligation 'open_gates' has neither 'release' nor 'effects'\n"},
      {"both release and effects", "ratio: 3", "effects: []\n        ratio: 3",
       "s.yaml:36:7: error: obligation 'answer' has both 'release' and 'effects'\n"},
      {"due and against", "ratio: 3", "ratio: 3\n        due: [{day: 1, count: 1}]",
       "s.yaml:41:9: error: obligation 'answer' has both 'due' and 'against'\n"},
      {"ratio without against", "against: give\n        ratio: 3\n        lag: pace",
       "due: [{day: 1, count: pace}]\n        ratio: 3",
       "s.yaml:40:16: error: obligation 'answer' has 'ratio' without 'against' (that belongs to an "
       "obligation that answers another)\n"},
      {"count without against", "due: [{day: 3}]", "due: [{day: 3}]\n        count: 3",
       "s.yaml:47:16: error: obligation 'open_gates' has 'count' without 'against' (that belongs "
       "to an obligation that answers another)\n"},
      {"upon without against", "due: [{day: 3}]", "due: [{day: 3}]\n        upon: performed",
       "s.yaml:43:7: error: obligation 'open_gates' has 'upon' without 'against' (that belongs to "
       "an obligation that answers another)\n"},
      {"lag without against", "due: [{day: 3}]", "due: [{day: 3}]\n        lag: 3",
       "s.yaml:47:14: error: obligation 'open_gates' has 'lag' without 'against' (that belongs to "
       "an obligation that answers another)\n"},
      {"ratio and count", "ratio: 3", "ratio: 3\n        count: 3",
       "s.yaml:41:16: error: obligation 'answer' has both 'ratio' and 'count'\n"},
      {"ratio of effects", "due: [{day: 3}]", "against: give\n        ratio: 3",
       "s.yaml:47:16: error: obligation 'open_gates' has 'ratio', but releases nobody\n"},
      {"count of effects", "due: [{day: 3}]", "against: give\n        count: 3",
       "s.yaml:47:16: error: obligation 'open_gates' has 'count', but releases nobody\n"},
      {"singly without persons", "due: [{day: 3}]", "due: [{day: 3}]\n        singly: true",
       "s.yaml:43:7: error: obligation 'open_gates' is 'singly', but releases nobody\n"},
      {"a ratio to effects", "against: give", "against: open_gates",
       "s.yaml:36:7: error: obligation 'answer' needs 'count' ('open_gates' releases nobody, so "
       "that a ratio answers nothing)\n"},
      {"a release without a count", "{day: 1, count: 5}", "{day: 1}",
       "s.yaml:30:15: error: a due entry of 'give' lacks 'count'\n"},
      {"a count of effects when due", "due: [{day: 3}]", "due: [{day: 3, count: 3}]",
       "s.yaml:46:15: error: a due entry of 'open_gates' has a count, but releases nobody\n"},
      {"the rest of effects", "due: [{day: 3}]", "due: [{day: 3, count: rest}]",
       "s.yaml:46:15: error: a due entry of 'open_gates' has a count, but releases nobody\n"},
      {"day and every", "{day: 1, count: 5}", "{day: 1, every: 3, to: 9, count: 5}",
       "s.yaml:30:15: error: a due entry of 'give' has both 'day' and 'every'\n"},
      {"neither day nor every", "{day: 1, count: 5}", "{count: 5}",
       "s.yaml:30:15: error: a due entry of 'give' has neither 'day' nor 'every'\n"},
      {"from without every", "{day: 1, count: 5}", "{day: 1, from: 1, count: 5}",
       "s.yaml:30:15: error: a due entry of 'give' has 'from' or 'to' without 'every'\n"},
      {"late without late_by", "        late_by: exponential(2)\n", "",
       "s.yaml:27:7: error: obligation 'give' has a weight of 'late' without 'late_by'\n"},
      {"late_by without late", "{late: 1, refuse: 1}", "{refuse: 1}",
       "s.yaml:27:7: warning: obligation 'give' has 'late_by', but is never late ('otherwise' "
       "gives 'late' no weight)\n"},
      {"partial without partial_share", "{late: 1, refuse: 1}", "{late: 1, partial: 1}",
       "s.yaml:27:7: error: obligation 'give' has a weight of 'partial' without 'partial_share'\n"},
      {"partial_share without partial", "comply: 0.8", "comply: 0.8\n        partial_share: 0.5",
       "s.yaml:36:7: warning: obligation 'answer' has 'partial_share', but is never partial "
       "('otherwise' gives 'partial' no weight)\n"},
      {"otherwise, but always complies", "        comply: word\n",
       "        summary: uses word, pace\n        tolerance: word\n",
       "s.yaml:27:7: warning: obligation 'give' has 'otherwise', but always complies ('comply' is "
       "1 where it is not given)\n"},
      {"no receiver among three", "watch: {role: monitor}", "watch: {role: principal}",
       "s.yaml:27:7: error: obligation 'give' lacks 'to' (it may be left out only between two "
       "principals)\n"
       "s.yaml:36:7: error: obligation 'answer' lacks 'to' (it may be left out only between two "
       "principals)\n"
       "s.yaml:43:7: error: obligation 'open_gates' lacks 'to' (it may be left out only between "
       "two principals)\n"},
      {"no receiver of one that is no principal", "b: {role: principal", "b: {role: donor",
       "s.yaml:27:7: error: obligation 'give' lacks 'to' (it may be left out only between two "
       "principals)\n"
       "s.yaml:36:7: error: obligation 'answer' lacks 'to' (it may be left out only between two "
       "principals)\n"
       "s.yaml:43:7: error: obligation 'open_gates' lacks 'to' (it may be left out only between "
       "two principals)\n"},
      {"a cycle of one", "against: give", "against: answer",
       "s.yaml:39:18: error: obligations answer each other in a cycle: answer against answer (none "
       "of them would ever fall due)\n"},
      {"a cycle of two", "due: [{day: 1, count: 5}, {every: 7, from: 7, to: 21, count: 1}]",
       "against: answer",
       "s.yaml:30:18: error: obligations answer each other in a cycle: give against answer against "
       "give (none of them would ever fall due)\n"},
      {"held and remains", "held: 90,", "held: 90, remains: 3,",
       "s.yaml:14:3: error: cohort 'others' has both 'held' and 'remains' (with 'held', those not "
       "living are remains)\n"},
      {"nobody", "held: 90, living: 80", "mortality: 0",
       "s.yaml:14:3: error: cohort 'others' has nobody; give it 'living', 'remains' or 'held'\n"},
  });
}
