#include "read_support.hpp"

using truce::test::check_cases;

TEST_CASE("policies fit those who draw from them") {
  check_cases({
      {"a dispute without mediation", "mediation: {takes: 2, settles: 0.7, unsettled: {drop: 1}}\n",
       "",
       "s.yaml:20:27: error: policy 'measured' disputes, but there is no mediation (nothing would "
       "end the dispute); add the key 'mediation'\n"},
      {"weights of a policy that sum to zero",
       "{tolerate: 1, dispute: 2, hold: {weight: 1, for: 3 days}}",
       "{tolerate: 0, dispute: 0 * 3, hold: {weight: 1 - 1, for: 3 days}}",
       "s.yaml:20:3: error: the weights of policy 'measured' sum to zero\n"},
      {"weights of failures that sum to zero", "{late: 1, refuse: 1}", "{late: 0, refuse: 0.0}",
       "s.yaml:27:7: error: the weights of 'otherwise' of 'give' sum to zero\n"},
      {"weights of the unsettled that sum to zero", "{drop: 1}", "{drop: 0, retry: 0}",
       "s.yaml:22:12: error: the weights of 'unsettled' sum to zero\n"},
      {"weights that are no constants", "{late: 1, refuse: 1}", "{late: word, refuse: word}", ""},
      {"no team", "{takes: 2,", "{teams: 0, takes: 2,",
       "s.yaml:22:20: error: 'teams' is 0 (nobody would end a dispute)\n"},
      {"retaliation by the wrong side", "incident: {a: shots, b: strike}", "incident: shots",
       "s.yaml:21:61: error: 'b' retaliates with 'shots', which is not by it ('shots' uses the "
       "policy 'fire_back'); write incident: {PARTY: INCIDENT, ...}\n"},
      {"retaliation by the wrong side in a mapping", "incident: {a: shots, b: strike}",
       "incident: {a: strike, b: strike}",
       "s.yaml:21:65: error: 'a' retaliates with 'strike', which is not by it\n"},
      {"retaliation that names another side only", "incident: {a: shots, b: strike}",
       "incident: {a: shots}",
       "s.yaml:21:28: error: policy 'fire_back' names no incident by which 'b' retaliates ('shots' "
       "uses it)\n"},
      {"retaliation by what is by nobody", "strike: {by: b, to: a,", "strike: {",
       "s.yaml:21:75: error: 'b' retaliates with 'strike', which is not by it\n"},
      {"a hold of what nothing answers",
       "        against: give\n        ratio: 3\n        lag: pace\n",
       "        due: [{day: pace, count: 3}]\n",
       "s.yaml:20:39: warning: the hold of policy 'measured' can never hold anything (no "
       "obligation of the party that responds is against the breached one)\n"},
  });
}
