#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/sketch.hpp"
#include "support/statistics.hpp"

using truce::test::Simulation;
using truce::test::two_sides;

namespace {

std::string phases(const std::string& first, const std::string& rest) {
  return "truce: 2\nhorizon: 200\nphases:\n  first:\n" + first + "  second: {lasts: 5}\n" + rest;
}

}  // namespace

TEST_CASE("without rules the next phase follows, after the last all is completed") {
  const Simulation run(
      phases("    lasts: 10\n", "outcomes: {ends: {value: first.ended + second.ended}}\n"), 1);
  CHECK(run.ended("completed") == 1);
  CHECK(run["duration"][0] == 15);
  CHECK(run["first.days"][0] == 10);
  CHECK(run["second.days"][0] == 5);
  CHECK(run["second.reached"][0] == 1);
  CHECK(run["ends"][0] == 2);
}

TEST_CASE("rules at a phase's end: the first whose condition and chance hold") {
  constexpr std::size_t trials = 100'000;
  const Simulation run(phases(R"(
    lasts: 10
    then:
      - {chance: 0.3, do: [{advance: second}]}
      - {if: first.ended >= 1, do: [{end: never}]}
      - {chance: 0.5, do: [{extend: 4}]}
      - {do: [{collapse: expired}]}
)",
                              ""),
                       trials);
  // Each time: 0.3 on, else half extend and half expire: P(on) = 0.3 / (1 - 0.35).
  truce::test::check_proportion(run.ended("completed"), trials, 0.3 / 0.65);
  truce::test::check_proportion(run.ended("collapsed"), trials, 0.35 / 0.65);
  truce::test::check_mean(run["first.days"], 10 + 4 * 0.35 / 0.65);
}

TEST_CASE("a rule that moves nowhere leaves no phase active") {
  const Simulation run(phases(R"(
    lasts: 10
    then: [{do: [{set: {x: 1}}]}]
)",
                              R"(levels: {x: 0}
triggers:
  later: {at: 20, while: not active, do: [{advance: second}]}
outcomes: {idle: {integral: 'if(active, 0, 1)'}, x_end: {value: x}}
)"),
                       1);
  CHECK(run["idle"][0] == Approx(10 + 175));  // and from the ending to the horizon
  CHECK(run["duration"][0] == 25);
}

TEST_CASE(
    "ends_when acts on its change to true, at the start too, and extension goes on from now") {
  const Simulation early(
      phases("    lasts: 10\n    ends_when: x >= 2\n",
             "levels: {x: 0}\ntriggers: {up: {every: 3, do: [{add: {x: 1}}]}}\n"),
      1);
  CHECK(early["first.days"][0] == 6);
  const Simulation at_start(phases("    lasts: 10\n    ends_when: x >= 2\n", "levels: {x: 2}\n"),
                            1);
  CHECK(at_start["first.days"][0] == 0);
  CHECK(at_start["duration"][0] == 5);
  const Simulation by_clock(phases("    ends_when: first.day >= 7.5\n", "tick: 2\n"), 1);
  CHECK(by_clock["first.days"][0] == 8);
  const Simulation extended(
      phases(R"(
    lasts: 10
    ends_when: x >= 1
    then:
      - {if: first.day < 6, do: [{extend: 3}]}
      - {do: [{advance: second}]}
)",
             "levels: {x: 0}\ntriggers: {up: {at: 5, do: [{set: {x: 1}}]}}\n"),
      1);
  CHECK(extended["first.days"][0] == 8);  // ended on day 5, went on for 3 days
}

TEST_CASE("tranches outlive their phase, and are lost at completion") {
  const Simulation run(R"(
truce: 2
horizon: 100
parties: {a: {role: principal}, b: {role: principal}}
cohorts: {guests: {held_by: a, living: 20}}
phases:
  first:
    lasts: 10
    obligations:
      give: {by: a, release: guests, due: [{day: 8, count: 1}, {day: 12, count: 2}, {day: 19, count: 4}]}
  second: {lasts: 5}
)",
                       1);
  CHECK(run["guests.freed"][0] == 3);
  CHECK(run["duration"][0] == 15);
}

TEST_CASE(
    "collapse lapses what is open, triggers upon it may end otherwise, and the first cause stays") {
  const std::string base = two_sides(R"(
      give: {by: a, release: guests, due: [{day: 1, count: 2}, {day: 9, count: 2}], comply: 0, otherwise: {late: 1}, late_by: 4}
)",
                                     R"(
triggers:
  stop_b: {at: 2, do: [{suspend: {party: b}}]}
  break_it: {at: 3, do: [{collapse: shooting}]}
  again: {at: 4, do: [{collapse: other}]}
)");
  const Simulation plain(base, 1);
  CHECK(plain.ended("collapsed") == 1);
  CHECK(plain["duration"][0] == 3);
  CHECK(plain["guests.freed"][0] == 0);
  CHECK(plain["days_suspended"][0] == Approx(1));
  const Simulation other(base + "  war: {upon: collapsed, do: [{end: war}]}\n", 1);
  CHECK(other.ended("war") == 1);
  CHECK(other["duration"][0] == 3);
  const Simulation goes_on(
      base +
          "  back: {at: 50, do: [{advance: only}]}\n"
          "on_collapse: continue\n"
          "outcomes: {collapses: {value: collapsed}, resumed: {value: b.resumed}}\n",
      1);
  CHECK(goes_on.ended("incomplete") == 1);  // what lapsed is never kept
  CHECK(goes_on["collapses"][0] == 1);      // that of day 4 does nothing
  CHECK(goes_on["resumed"][0] == 1);
  CHECK(goes_on["guests.freed"][0] == 4);  // the phase was entered again: tranches again
  CHECK(goes_on.model()
            .causes[truce::model::CauseId{static_cast<std::size_t>(goes_on["cause"][0])}] ==
        "shooting");
}

TEST_CASE("events at exactly the horizon still happen") {
  const Simulation run(R"(
truce: 2
horizon: 10
triggers: {last: {at: 10, do: [{signal: rang}]}, beyond: {at: 10.001, do: [{signal: rang}]}}
outcomes: {rings: {value: rang}}
)",
                       1);
  CHECK(run["rings"][0] == 1);
  CHECK(run.ended("horizon") == 1);
}
