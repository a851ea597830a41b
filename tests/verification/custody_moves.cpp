#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/sketch.hpp"
#include "support/statistics.hpp"

using truce::test::check_mean;
using truce::test::Simulation;
using truce::test::two_sides;

TEST_CASE("captured persons are held from then on, and counted") {
  const Simulation run(R"(
truce: 2
horizon: 10
parties: {a: {role: principal}, b: {role: principal}}
cohorts: {guests: {held_by: a, living: 20}}
levels: {heard: 0}
triggers:
  some: {at: 2, do: [{capture: {guests: 2.5}}, {capture: {guests: 0.4}}]}
  free: {at: 3, do: [{release: {guests: 23}}]}
  more: {at: 4, do: [{capture: {guests: 1}}]}
  hears: {upon: guests.capture, do: [{add: {heard: 1}}]}
outcomes:
  heard: {value: heard}
  events: {value: guests.capture}
  captured: {value: guests.captured}
  living: {value: guests.living}
  since: {first: since(guests.capture) == 0}
)",
                       1);
  CHECK(run["captured"][0] == 3 + 1);  // halves go up; none are no event
  CHECK(run["events"][0] == 2);
  CHECK(run["heard"][0] == 2);
  CHECK(run["living"][0] == 1);
  CHECK(run["since"][0] == 2);
  CHECK(run["guests.captured"][0] == 4);
  CHECK(run["guests.freed"][0] == 23);
  CHECK(run["guests.person_days"][0] == 2 * 20 + 1 * 23 + 0 + 6 * 1);
}

TEST_CASE("a transfer changes the cohort, and is no release, capture or death") {
  const Simulation run(R"(
truce: 2
horizon: 10
parties: {a: {role: principal}, b: {role: principal}}
cohorts:
  guests: {held_by: a, living: 20, remains: 4}
  others: {held_by: b, living: 100}
triggers:
  some: {at: 2, do: [{transfer: {from: guests, to: others, count: 2.5}}, {transfer: {from: guests.remains, to: others.remains, count: 3}}, {transfer: {from: others, to: guests, count: 0}}]}
  all_left: {at: 3, do: [{transfer: {from: guests, to: others, count: 50}}]}
outcomes:
  living: {value: guests.living}
  remains: {value: guests.remains}
  others_living: {value: others.living}
  others_remains: {value: others.remains}
  events: {value: guests.release + guests.capture + guests.death + others.release + others.capture + others.death}
  counts: {value: guests.freed + guests.returned + guests.died + guests.captured + others.freed + others.returned + others.died + others.captured}
)",
                       1);
  CHECK(run["living"][0] == 0);
  CHECK(run["remains"][0] == 1);
  CHECK(run["others_living"][0] == 120);
  CHECK(run["others_remains"][0] == 3);
  CHECK(run["events"][0] == 0);
  CHECK(run["counts"][0] == 0);
  CHECK(run["guests.person_days"][0] == 2 * 20 + 1 * 17);
  CHECK(run["others.person_days"][0] == 2 * 100 + 1 * 103 + 7 * 120);
}

TEST_CASE("a negative number of persons is neither captured nor transferred") {
  const auto with = [](const std::string& effect) {
    return [effect] {
      Simulation(two_sides("", "levels: {x: -1}\ntriggers: {t: {at: 1, do: [" + effect + "]}}\n"),
                 1);
    };
  };
  CHECK_THROWS_WITH(with("{capture: {guests: x}}")(),
                    Catch::Contains("'guests': a count of -1 persons"));
  CHECK_THROWS_WITH(with("{transfer: {from: guests, to: others, count: x}}")(),
                    Catch::Contains("'guests': a count of -1 persons"));
}

TEST_CASE("those who are transferred or captured die at the mortality of their cohort") {
  constexpr std::size_t trials = 10'000;
  const Simulation run(R"(
truce: 2
horizon: 15
parties: {a: {role: principal}, b: {role: principal}}
cohorts:
  guests: {held_by: a, living: 100, mortality: 0.05}
  moved: {held_by: b, living: 0, mortality: 0.01}
triggers:
  move: {at: 5, do: [{transfer: {from: guests, to: moved, count: 1000}}, {transfer: {from: guests.remains, to: moved.remains, count: 1000}}, {capture: {moved: 50}}]}
outcomes:
  remains: {value: moved.remains}
)",
                       trials);
  const double moved = 100 * std::exp(-0.25) + 50;
  check_mean(run["guests.died"], 100 * (1 - std::exp(-0.25)));
  check_mean(run["moved.died"], moved * (1 - std::exp(-0.1)));
  check_mean(run["guests.person_days"], 100 * (1 - std::exp(-0.25)) / 0.05);
  check_mean(run["moved.person_days"], moved * (1 - std::exp(-0.1)) / 0.01);
  for (std::size_t i = 0; i < trials; ++i) {
    REQUIRE(run["remains"][i] == run["guests.died"][i] + run["moved.died"][i]);
  }
}

TEST_CASE("captures make a void tranche owe again, and a rest owes them too") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, due: [{day: 1, count: rest}, {day: 2, count: 1}, {day: 4, count: 3}, {day: 6, count: rest}]}
)",
                                 R"(
triggers: {take: {at: 3, do: [{capture: {guests: 5}}]}}
outcomes: {voided: {value: give.voided}}
)"),
                       1);
  CHECK(run["voided"][0] == 1);
  CHECK(run["give.performed"][0] == 3);
  CHECK(run["give.delivered"][0] == 25);
  CHECK(run["guests.freed"][0] == 25);
  CHECK(run.ended("completed") == 1);
}

TEST_CASE("a transfer to another holder takes from what one side owes and adds to the other's") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, due: [{day: 4, count: 18}], comply: 0}
      back: {by: b, release: others, due: [{day: 4, count: rest}]}
)",
                                 R"(
triggers: {move: {at: 3, do: [{transfer: {from: guests, to: others, count: 5}}]}}
)"),
                       1);
  CHECK(run["give.missing"][0] == 15);
  CHECK(run["back.delivered"][0] == 105);
}
