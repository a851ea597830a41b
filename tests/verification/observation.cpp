#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/statistics.hpp"

using truce::test::Simulation;

namespace {

// An agreement of two phases, talks, a suspension and a hold, which all go on when it ends on day
// 4.5 by a list of effects of which `enough` is the third.
std::string ended_early(const std::string& observe, const std::string& outcomes) {
  return R"(
truce: 2
horizon: 20
)" + observe +
         R"(
parties:
  a: {role: principal, trust: {initial: 0.5, incident: -0.05}}
  b: {role: principal, trust: {initial: 0.5, fulfilled: 0.01, incident: -0.1}}
cohorts:
  guests: {held_by: a, living: 20, remains: 4}
  others: {held_by: b, living: 100}
levels: {aid: {initial: 0, drift: 1}, before: 0, later: 0, after: 0}
windows: {market: {from: 1, lasts: 2, every: 5}}
responses:
  answer: {retaliate: {weight: 1, incident: {b: strike}}}
  complain: {dispute: 1}
  leave: {withdraw: 1}
  stop: {suspend: 1}
mediation: {takes: 100}
talks: {cairo: {rounds: 6, agree: 1}}
incidents:
  fire: {by: a, to: b, breach: answer}
  shell: {by: a, to: b, breach: complain, while: true}
  raid: {by: a, to: b, breach: leave}
  siege: {by: a, to: b, breach: stop}
  strike: {by: b, to: a}
phases:
  first:
    lasts: 18
    obligations:
      give: {by: a, release: guests, due: [{every: 1, count: 1, to: 18}]}
      back: {by: b, release: others, against: give, lag: 2}
  second: {lasts: 1, obligations: {duty: {by: a, effects: [], due: [{day: 1}]}}}
begin: [{open: cairo}, {advance: first}, {suspend: {party: b}}, {hold: {obligation: back}}]
triggers:
  stop_it: {at: 4.5, do: [{set: {before: 1}}, {set: {later: 7}, after: 3}, {end: enough}, {set: {before: 2}}, {set: {after: 7}, after: 1}]}
  in_vain: {at: 6, do: [{advance: second}, {extend: 3}, {open: cairo}, {due: {give: 3}}, {credit: {give: 3}}, {suspend: {party: a}}, {hold: {obligation: give}}, {collapse: late}, {end: other}, {signal: passed}]}
  world: {at: 7, do: [{incident: fire}, {incident: shell}, {incident: raid}, {incident: siege}, {release: {guests: 2}}, {deaths: {guests: 3}}, {capture: {guests: 1}}, {transfer: {from: guests, to: others, count: 2}}]}
  over_is_heard: {when: over, do: [{signal: heard_over}]}
  resumed_is_heard: {upon: b.resumed, do: [{signal: heard_resumed}]}
  ended_is_heard: {upon: first.ended, do: [{signal: heard_ended}]}
outcomes:
)" + outcomes;
}

}  // namespace

TEST_CASE("after its ending a trial goes on to the horizon, its agreement does not") {
  const Simulation run(ended_early("", R"(
  before: {value: before}
  later: {value: later}
  after: {value: after}
  aid: {value: aid}
  opened: {value: market.opened}
  passed: {value: passed}
  heard: {value: 100 * heard_over + 10 * heard_resumed + heard_ended}
  talks_open: {value: cairo.open}
  talks_done: {value: cairo.agreed + cairo.failed + cairo.rejected}
  talks_opened: {value: cairo.opened}
  suspended: {value: a.suspended or b.suspended}
  active_days: {integral: active}
  over_since: {first: over}
  trust_a: {value: a.trust}
  trust_b: {value: b.trust}
  living: {value: guests.living}
  remains: {value: guests.remains}
  others_living: {value: others.living}
  halted: {value: a.halted + b.halted}
)"),
                       2);
  CHECK(run.ended("enough") == 2);
  CHECK(run["duration"][0] == 4.5);
  CHECK(run["cause"][0] == 0);
  CHECK(run["before"][0] == 1);  // the rest of the list does not act
  CHECK(run["after"][0] == 0);
  CHECK(run["later"][0] == 7);  // what was on its way comes
  CHECK(run["aid"][0] == 20);
  CHECK(run["opened"][0] == 4);
  CHECK(run["passed"][0] == 1);  // what begins nothing anew does nothing, the rest of its list acts
  CHECK(run["heard"][0] == 111);
  CHECK(run["talks_open"][0] == 0);
  CHECK(run["talks_done"][0] == 0);
  CHECK(run["talks_opened"][0] == 1);
  CHECK(run["suspended"][0] == 0);
  CHECK(run["halted"][0] == 1);
  CHECK(run["days_suspended"][0] == 4.5);
  CHECK(run["active_days"][0] == 4.5);
  CHECK(run["first.days"][0] == 4.5);
  CHECK(run["second.reached"][0] == 0);
  CHECK(run["over_since"][0] == 4.5);
  CHECK(run["give.delivered"][0] == 4);
  CHECK(run["give.missing"][0] == 0);  // what lapsed before it was due is not missing
  CHECK(run["back.delivered"][0] == 0);
  CHECK(run["disputes.opened"][0] == 0);
  CHECK(run["fire.occurred"][0] == 1);
  CHECK(run["strike.occurred"][0] == 1);  // retaliation comes all the same
  CHECK(run["trust_b"][0] == Approx(0.5 + 4 * 0.01 - 4 * 0.1));
  CHECK(run["trust_a"][0] == Approx(0.45));
  CHECK(run["living"][0] == 20 - 4 - 2 - 3 + 1 - 2);
  CHECK(run["remains"][0] == 7);
  CHECK(run["others_living"][0] == 102);
  // 20, 19, 18, 17, then 16 until day 7, then 10.
  CHECK(run["guests.person_days"][0] == Approx(20 + 19 + 18 + 17 + 16 * 3 + 10 * 13));
}

TEST_CASE("each kind of outcome is read at the ending where it says so") {
  const std::string outcomes = R"(
  living: {value: guests.living, at: ending}
  held_days: {integral: guests.living, at: ending}
  most: {peak: aid, at: ending}
  least: {trough: guests.living, at: ending}
  tenth: {first: time >= 10, at: ending}
  third: {first: guests.freed >= 3, at: ending}
  end_of: {value: over, at: ending}
  all_days: {integral: 1}
  most_of_all: {peak: aid}
  least_of_all: {trough: guests.living}
  tenth_of_all: {first: time >= 10}
)";
  for (const bool horizon : {true, false}) {
    const Simulation run(ended_early(horizon ? "" : "observe: ending", outcomes), 1);
    CAPTURE(horizon);
    CHECK(run["living"][0] == 16);
    CHECK(run["held_days"][0] == Approx(20 + 19 + 18 + 17 + 16 * 0.5));
    CHECK(run["most"][0] == 4);
    CHECK(run["least"][0] == 16);
    CHECK(std::isnan(run["tenth"][0]));
    CHECK(run["third"][0] == 3);
    CHECK(run["end_of"][0] == 1);
    CHECK(run["all_days"][0] == (horizon ? 20 : 4.5));
    CHECK(run["most_of_all"][0] == (horizon ? 20 : 4));
    CHECK(run["least_of_all"][0] == (horizon ? 10 : 16));
    CHECK(std::isnan(run["tenth_of_all"][0]) == !horizon);
    CHECK(run["fire.occurred"][0] == (horizon ? 1 : 0));
  }
}

TEST_CASE("what happens at the time of the ending still counts, where it is observed") {
  for (const bool horizon : {true, false}) {
    const Simulation run(
        std::string("truce: 2\nhorizon: 20\n") + (horizon ? "" : "observe: ending\n") + R"(
levels: {x: 0}
triggers:
  first: {at: 5, do: [{end: done}]}
  second: {at: 5, do: [{add: {x: 3}}]}
  third: {when: over, do: [{add: {x: 10}}]}
outcomes:
  x: {value: x}
  x_then: {value: x, at: ending}
)",
        1);
    CHECK(run["x"][0] == (horizon ? 13 : 0));
    CHECK(run["x_then"][0] == (horizon ? 13 : 0));
    CHECK(run["duration"][0] == 5);
  }
}

TEST_CASE("an ending on the last day is reached, and without one nothing lapses") {
  const auto with = [](const std::string& lasts, const std::string& triggers) {
    return "truce: 2\nhorizon: 20\nparties: {a: {role: principal}, b: {role: principal}}\n"
           "phases: {only: {lasts: " +
           lasts + "}}\n" + triggers + R"(
begin: [{advance: only}, {suspend: {party: b}}]
outcomes:
  is_over: {value: over}
  goes_on: {value: active}
  ended: {value: only.ended}
  resumed: {value: b.resumed}
)";
  };
  const Simulation by_limit(with("20", ""), 1);
  CHECK(by_limit.ended("completed") == 1);
  CHECK(by_limit["is_over"][0] == 1);
  CHECK(by_limit["resumed"][0] == 1);
  // A step comes before the limit.
  const Simulation by_step(with("20", "triggers: {t: {at: 20, do: [{end: truce_ends}]}}"), 1);
  CHECK(by_step.ended("truce_ends") == 1);
  const Simulation none(with("20.5", ""), 1);
  CHECK(none.ended("horizon") == 1);
  CHECK(none["duration"][0] == 20);
  CHECK(none["is_over"][0] == 0);
  CHECK(none["goes_on"][0] == 1);
  CHECK(none["ended"][0] == 0);
  CHECK(none["resumed"][0] == 0);
}

TEST_CASE("what an ending by collapse raises is heard at once") {
  const Simulation run(R"(
truce: 2
horizon: 30
parties: {a: {role: principal}, b: {role: principal}}
levels: {heard: -1, phase: -1}
phases: {one: {lasts: 20}, two: {lasts: 30}}
triggers:
  breaks: {at: 3, do: [{collapse: quarrel}, {suspend: {party: b}}]}
  anew: {upon: collapsed, do: [{advance: two}]}
  resumes: {upon: b.resumed, do: [{set: {heard: time}}]}
  leaves: {upon: two.ended, do: [{set: {phase: time}}]}
  much_later: {at: 9, do: [{add: {heard: 0}}]}
outcomes:
  heard: {value: heard}
  phase: {value: phase}
)",
                       1);
  CHECK(run.ended("collapsed") == 1);
  CHECK(run["heard"][0] == 3);
  CHECK(run["phase"][0] == 3);
}

TEST_CASE("the held die at their mortality after the ending, incidents occur while theirs holds") {
  constexpr std::size_t trials = 20'000;
  const Simulation run(R"(
truce: 2
horizon: 20
parties: {a: {role: principal}, b: {role: principal}}
cohorts: {guests: {held_by: a, living: 50, mortality: 0.05}}
phases: {only: {lasts: 5}}
incidents:
  within: {by: a, to: b, rate: 0.4}
  always: {rate: 0.3, while: true}
outcomes:
  died_then: {value: guests.died, at: ending}
  days_then: {integral: guests.living, at: ending}
)",
                       trials);
  CHECK(run.ended("completed") == trials);
  truce::test::check_mean(run["died_then"], 50 * (1 - std::exp(-0.25)));
  truce::test::check_mean(run["guests.died"], 50 * (1 - std::exp(-1.0)));
  truce::test::check_mean(run["days_then"], 50 * (1 - std::exp(-0.25)) / 0.05);
  truce::test::check_mean(run["guests.person_days"], 50 * (1 - std::exp(-1.0)) / 0.05);
  truce::test::check_mean(run["within.occurred"], 0.4 * 5);
  truce::test::check_mean(run["always.occurred"], 0.3 * 20);
}
