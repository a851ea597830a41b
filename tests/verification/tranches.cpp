#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/sketch.hpp"
#include "support/statistics.hpp"

using truce::test::Simulation;
using truce::test::two_sides;

TEST_CASE("counts, rest, and what is left when nobody is held") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, due: [{day: 1, count: 12.5}, {day: 2, count: 4}, {day: 3, count: rest}, {day: 4, count: 3}]}
      bodies: {by: a, release: guests.remains, due: [{day: 5, count: 9}]}
)",
                                 R"(
outcomes:
  first_13: {first: guests.freed == 13}
  all: {first: guests.freed == 20}
  trust: {value: b.trust}
  voided: {value: give.voided}
)"),
                       3);
  CHECK(run["first_13"][0] == 1);  // halves go up
  CHECK(run["all"][0] == 3);
  CHECK(run["give.performed"][0] == 3);  // the fourth finds nobody: it is void
  CHECK(run["give.fulfilled"][0] == 3);
  CHECK(run["voided"][0] == 1);
  CHECK(run["guests.returned"][0] == 4);
  CHECK(run["bodies.fulfilled"][0] == 1);
  CHECK(run["trust"][0] == Approx(0.5 + 4 * 0.01));
  CHECK(run.ended("completed") == 3);
}

TEST_CASE("series of tranches, with and without an end") {
  const Simulation run(two_sides(R"(
      dated: {by: a, release: guests, due: [{every: 7, from: 3, to: 24, count: 1}]}
      open: {by: b, release: others, due: [{every: 10, count: 1}]}
)",
                                 R"(
triggers:
  longer: {at: 45, do: [{extend: 25}]}
)"),
                       1);
  CHECK(run["guests.freed"][0] == 4);  // days 3, 10, 17, 24
  CHECK(run["others.freed"][0] == 7);  // days 10 to 70: the phase was extended to day 75
  CHECK(run["duration"][0] == 75);
}

TEST_CASE("each person of a tranche that goes singly has draws of its own") {
  constexpr std::size_t trials = 50'000;
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, due: [{day: 1, count: 12}], singly: true, comply: 0.75}
)",
                                 ""),
                       trials);
  truce::test::check_mean(run["guests.freed"], 12 * 0.75);
  CHECK(truce::test::sd_of(run["guests.freed"]) ==
        Approx(std::sqrt(12 * 0.75 * 0.25)).epsilon(0.02));
  for (std::size_t i = 0; i < trials; ++i) {
    REQUIRE(run["give.fulfilled"][i] + run["give.breached"][i] == 12);
  }
}

TEST_CASE("a share below one frees whole persons, above one a quota may be exceeded") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, due: [{day: 1, count: 10}], share: 0.29, tolerance: 0.2}
      more: {by: b, release: others, due: [{day: 1, count: 10}], share: 1.25}
)",
                                 ""),
                       1);
  CHECK(run["guests.freed"][0] == 2);
  CHECK(run["give.fulfilled"][0] == 1);
  CHECK(run["others.freed"][0] == 13);
  CHECK(run["more.fulfilled"][0] == 1);
}

TEST_CASE("floor counts 0.29 of 100 as 29") {
  const Simulation run(two_sides(R"(
      give: {by: b, release: others, due: [{day: 1, count: 100}], share: 0.29, tolerance: 0.1}
)",
                                 ""),
                       1);
  CHECK(run["others.freed"][0] == 29);
}

TEST_CASE("effects are added by share, set goes the share of the way, others need all of it") {
  const Simulation run(two_sides(R"(
      ease:
        by: b
        effects: [{add: {aid: 200}}, {set: {movement: 1}}, {signal: opened}]
        due: [{day: 1}]
        comply: if(ease.breached >= 1, 1, 0)
        otherwise: {partial: 1}
        partial_share: 0.25
        breach: complain
)",
                                 R"(
levels:
  aid: 100
  movement: 0.2
responses:
  complain: {dispute: 1}
mediation: {takes: 3}
timelines: [aid, movement]
outcomes:
  aid_peak: {peak: aid}
  low: {integral: 'if(aid < 200, 1, 0)'}
  movement_at_end: {value: movement}
  signals: {value: opened}
)"),
                       1);
  // 100 + 0.25 * 200 on day 1; the shortfall of 0.75 is added on day 4.
  CHECK(run["aid_peak"][0] == 300);
  CHECK(run["low"][0] == Approx(4));
  // 0.2 + 0.25 * 0.8 = 0.4, then all of the remaining way.
  CHECK(run["movement_at_end"][0] == Approx(1));
  CHECK(run["signals"][0] == 1);
}

TEST_CASE("effects with a delay keep the share and weight of the performance that caused them") {
  const Simulation run(two_sides(R"(
      ease:
        by: b
        effects:
          - {add: {aid: 200}}
          - {add: {late_aid: 200}, after: 1}
          - {set: {movement: 1}, after: 1}
          - {signal: opened, after: 1}
        due: [{day: 1}]
        comply: if(ease.breached >= 1, 1, 0)
        otherwise: {partial: 1}
        partial_share: 0.25
        breach: complain
      extra: {by: b, effects: [{add: {fuel: 10}, after: 2}], due: []}
)",
                                 R"(
levels: {aid: 100, late_aid: 100, movement: 0.2, fuel: 0}
responses:
  complain: {dispute: 1}
mediation: {takes: 3}
triggers:
  more: {at: 1, do: [{due: {extra: 2.5}}]}
  now: {at: 9, do: [{add: {fuel: 1}, after: 1}]}
timelines: [late_aid, movement]
outcomes:
  aid_at_end: {value: aid}
  late_at_end: {value: late_aid}
  quarter: {integral: 'if(late_aid == 150, 1, 0)'}
  some_way: {first: movement > 0.2}
  way: {integral: 'if(abs(movement - 0.4) < 1e-12, 1, 0)'}
  movement_at_end: {value: movement}
  signals: {value: opened}
  first_signal: {first: opened >= 1}
  fuel_at_3: {first: fuel == 25}
  fuel_at_end: {value: fuel}
)"),
                       1);
  // A quarter on day 1 acts on day 2, the settled shortfall of day 4 on day 5.
  CHECK(run["aid_at_end"][0] == 300);
  CHECK(run["late_at_end"][0] == 300);
  CHECK(run["quarter"][0] == Approx(3));
  CHECK(run["some_way"][0] == 2);
  CHECK(run["way"][0] == Approx(3));
  CHECK(run["movement_at_end"][0] == Approx(1));
  CHECK(run["signals"][0] == 1);
  CHECK(run["first_signal"][0] == 5);
  CHECK(run["fuel_at_3"][0] == 3);  // the weight, too
  CHECK(run["fuel_at_end"][0] == 26);
}

TEST_CASE("a tranche waits for its condition, its party and its obligation") {
  const Simulation run(two_sides(R"(
      needs: {by: a, release: guests, due: [{day: 1, count: 1}], requires: "gate == 1"}
      held: {by: a, release: guests, due: [{day: 6, count: 2}, {day: 7, count: 3}]}
      other: {by: b, release: others, due: [{day: 12, count: 1}]}
)",
                                 R"(
levels: {gate: 0}
triggers:
  open_gate: {at: 4, do: [{set: {gate: 1}}]}
  stop: {at: 5, do: [{hold: {obligation: held, for: 5}}, {hold: {obligation: held}}]}
  suspend_b: {at: 11, do: [{suspend: {party: b, for: 4}}, {suspend: {party: b, for: 2}}]}
  lift: {at: 20, do: [{resume: held}]}
outcomes:
  gate_passed: {first: needs.performed == 1}
  held_passed: {first: held.performed == 2}
  b_passed: {first: other.performed == 1}
  halted: {value: b.halted}
  resumed: {value: b.resumed}
)"),
                       1);
  CHECK(run["gate_passed"][0] == 4);
  CHECK(run["held_passed"][0] == 20);  // overlapping holds unite; the second has no end of its own
  CHECK(run["b_passed"][0] == 15);
  CHECK(run["halted"][0] == 1);
  CHECK(run["resumed"][0] == 1);
  CHECK(run["days_suspended"][0] == Approx(15));  // days 5 to 20, the suspension within
}

TEST_CASE("credit covers tranches without a decision and is answered") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, due: [{day: 1, count: 4}, {day: 2, count: 4}, {day: 3, count: 4}], comply: 1}
      answer: {by: b, release: others, against: give, ratio: 3}
)",
                                 R"(
begin: [{release: {guests: 6}}, {credit: {give: 6}}, {advance: only}]
outcomes:
  day_1: {first: others.freed == 12}
  day_2: {first: others.freed == 24}
  day_3: {first: others.freed == 36}
)"),
                       1);
  CHECK(run["guests.freed"][0] == 6 + 2 + 4);
  CHECK(run["give.performed"][0] == 2);
  CHECK(run["give.fulfilled"][0] == 3);
  CHECK(run["day_1"][0] == 1);
  CHECK(run["day_2"][0] == 2);
  CHECK(run["day_3"][0] == 3);
}
