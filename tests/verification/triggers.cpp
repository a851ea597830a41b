#include <algorithm>
#include <cmath>

#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/statistics.hpp"

using truce::test::Simulation;

TEST_CASE("every source of triggers, with limits, conditions and delays") {
  const Simulation run(R"(
truce: 2
horizon: 20
levels: {x: 0, y: 0, z: 10, w: 0, v: 0}
triggers:
  once: {at: 3, do: [{add: {x: 1}}]}
  often: {every: 2, limit: 4, do: [{add: {x: 10}}]}
  change: {when: x >= 21, do: [{add: {y: 1}}]}
  held_at_start: {when: z >= 10, do: [{add: {y: 100}}]}
  after_once: {upon: [once.fired, nothing], do: [{add: {z: x}, after: 2}, {signal: nothing, after: 4}]}
  seldom: {upon: often.fired, while: time < 5, do: [{add: {w: 1}}]}
  since_once: {when: since(once.fired) >= 6.5, do: [{set: {v: time}}]}
outcomes:
  x_end: {value: x}
  y_end: {value: y}
  z_end: {value: z}
  w_end: {value: w}
  v_end: {value: v}
  again: {value: after_once.fired}
)",
                       1);
  CHECK(run["x_end"][0] == 41);
  CHECK(run["y_end"][0] == 101);
  // Delayed effects read their values when they act: x is 21 on day 5, 41 on days 9, 13 and 17.
  CHECK(run["z_end"][0] == 10 + 21 + 3 * 41);
  CHECK(run["w_end"][0] == 2);
  CHECK(run["v_end"][0] == 10);  // 9.5 is noticed at the tick of day 10
}

TEST_CASE("a trigger with a rate is a Poisson process, thinned by its chance") {
  constexpr std::size_t trials = 100'000;
  const Simulation run(R"(
truce: 2
horizon: 50
triggers: {shock: {rate: 0.2, chance: 0.25}}
outcomes: {shocks: {value: shock.fired}}
)",
                       trials);
  truce::test::check_mean(run["shocks"], 0.2 * 50 * 0.25);
  const double sd = truce::test::sd_of(run["shocks"]);
  CHECK(sd * sd == Approx(2.5).epsilon(0.03));
}

TEST_CASE("effects share one chance, and one that is not reached draws nothing") {
  constexpr std::size_t trials = 100'000;
  const Simulation run(R"(
truce: 2
horizon: 5
levels: {x: 0, y: 0}
triggers: {coin: {at: 1, do: [{set: {x: 1, y: 1}, chance: 0.4}, {end: over}, {set: {x: 5}}]}}
outcomes: {x_end: {value: x}, y_end: {value: y}}
)",
                       trials);
  std::size_t ones = 0;
  for (std::size_t i = 0; i < trials; ++i) {
    REQUIRE(run["x_end"][i] == run["y_end"][i]);
    ones += run["x_end"][i] == 1;
  }
  truce::test::check_proportion(ones, trials, 0.4);
}

TEST_CASE("drift moves levels at ticks, all drifts being read first") {
  const Simulation run(R"(
truce: 2
horizon: 4.5
tick: 0.5
levels:
  x: {initial: 1, drift: y}
  y: {initial: 2, drift: x, max: 4}
outcomes: {x_end: {value: x}, y_end: {value: y}}
)",
                       1);
  double x = 1;
  double y = 2;
  for (int i = 0; i < 9; ++i) {
    const double dx = y * 0.5;
    const double dy = x * 0.5;
    x += dx;
    y = std::min(4.0, y + dy);
  }
  CHECK(run["x_end"][0] == Approx(x));
  CHECK(run["y_end"][0] == Approx(y));
}

TEST_CASE("measures: first, integral, peak, trough, and what never was") {
  const Simulation run(R"(
truce: 2
horizon: 10
levels: {x: 1}
triggers:
  a: {at: 2, do: [{set: {x: 5}}, {set: {x: 3}}]}
  b: {at: 6, do: [{set: {x: -1}}]}
outcomes:
  above: {first: x > 2}
  never: {first: x > 4}
  area: {integral: x}
  top: {peak: x}
  low: {trough: x}
  time_area: {integral: time}
timelines: [x]
)",
                       1);
  CHECK(run["above"][0] == 2);
  CHECK(std::isnan(run["never"][0]));  // 5 did not last: read once the time has settled
  CHECK(run["area"][0] == Approx(2 + 12 - 4));
  CHECK(run["top"][0] == 3);
  CHECK(run["low"][0] == -1);
  CHECK(run["time_area"][0] == Approx(45));  // the clock is read at daily ticks
}

TEST_CASE("a loop at one time is an error that names it") {
  CHECK_THROWS_WITH(Simulation(R"(
truce: 2
horizon: 10
triggers:
  ping: {upon: [pong.fired, go], do: []}
  pong: {upon: ping.fired, do: []}
begin: [{signal: go}]
)",
                               1),
                    Catch::Contains("ping") && Catch::Contains("pong"));
}

TEST_CASE("a wrong duration is named by the key that was written") {
  const auto failing = [](const std::string& trigger) {
    return [trigger] { Simulation("truce: 2\nhorizon: 10\nlevels: {x: -3}\n" + trigger, 1); };
  };
  CHECK_THROWS_WITH(failing("triggers: {t: {every: x, do: [{add: {x: 1}}]}}")(),
                    Catch::Contains("'t'") && Catch::Contains("'every' is -3 days"));
  CHECK_THROWS_WITH(failing("triggers: {t: {at: x, do: [{add: {x: 1}}]}}")(),
                    Catch::Contains("'t'") && Catch::Contains("'at' is -3 days"));
  CHECK_THROWS_WITH(failing("triggers: {t: {at: 1, do: [{add: {x: 1}, after: x}]}}")(),
                    Catch::Contains("'t.do.1'") && Catch::Contains("'after' is -3 days"));
}

TEST_CASE("loops of delays of nothing, of conditions and of clocks are named alone") {
  const auto message = [](const std::string& rest) -> std::string {
    const std::string head =
        "truce: 2\nhorizon: 10\nlevels: {x: 0, y: 0}\ntriggers:\n"
        "  beside: {at: 2, do: [{add: {y: 1}}]}\n";
    try {
      Simulation(head + rest, 1);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "no failure";
  };
  const std::string delays = message(R"(
  ping: {upon: pong.fired, do: [{signal: go, after: 0}]}
  pong: {upon: go, do: []}
  first: {at: 2, do: [{signal: go}]}
)");
  CHECK_THAT(delays, Catch::Contains("a loop on day 2") && Catch::Contains("ping.fired") &&
                         Catch::Contains("pong.fired") && !Catch::Contains("beside"));
  const std::string conditions = message(R"(
  first: {at: 2, do: [{set: {x: 1}}]}
  up: {when: x == 1, do: [{set: {x: 2}}, {signal: again, after: 0}]}
  down: {upon: again, do: [{set: {x: 1}}]}
)");
  CHECK_THAT(conditions, Catch::Contains("a loop on day 2") && Catch::Contains("up.fired") &&
                             Catch::Contains("down.fired") && !Catch::Contains("first"));
  const std::string clock = message(R"(
  clock: {every: 'if(time < 2, 2, 0)', while: x > 0, do: []}
)");
  CHECK_THAT(clock, Catch::Contains("a loop on day 2") && Catch::Contains("clock") &&
                        !Catch::Contains("beside"));
}

TEST_CASE("a chain that ends is no loop, however long, nor is a crowd at one time") {
  const Simulation run(R"(
truce: 2
horizon: 10
levels: {x: 0}
parties: {a: {role: principal}, b: {role: principal}}
cohorts: {guests: {held_by: a, living: 60000}, sick: {held_by: a, living: 30000}}
triggers:
  count: {upon: next, do: [{add: {x: 1}}, {signal: next, if: x < 50000}]}
  again: {upon: later, do: [{add: {x: 1}}, {signal: later, after: 0, if: x < 100000}]}
  once: {at: 1, do: [{signal: next}]}
  twice: {at: 2, do: [{signal: later}]}
  plague: {at: 3, do: [{deaths: {sick: 30000}}]}
phases:
  only:
    lasts: 9
    obligations:
      give: {by: a, release: guests, due: [{day: 4, count: rest}], singly: true, comply: 1}
outcomes: {x: {value: x}}
)",
                       1);
  CHECK(run["x"][0] == 100'000);
  CHECK(run["sick.died"][0] == 30'000);
  CHECK(run["give.fulfilled"][0] == 60'000);
  CHECK(run["guests.freed"][0] == 60'000);
}

TEST_CASE("what grows beyond memory fails alone and names what grows") {
  CHECK_THROWS_WITH(Simulation(R"(
truce: 2
horizon: 100
triggers:
  hydra: {upon: head, do: [{signal: head, after: 1}, {signal: head, after: 1}]}
begin: [{signal: head}]
)",
                               1),
                    Catch::Contains("steps are pending") && Catch::Contains("hydra.do"));
  CHECK_THROWS_WITH(Simulation(R"(
truce: 2
horizon: 10
parties: {a: {role: principal}, b: {role: principal}}
cohorts: {guests: {held_by: a, living: 100000000}}
phases:
  only:
    lasts: 9
    obligations: {give: {by: a, release: guests, due: [{day: 4, count: rest}], singly: true}}
)",
                               1),
                    Catch::Contains("'give'") && Catch::Contains("tranches at once"));
}

TEST_CASE("a whole number beyond 32 bits fails its own trial alone") {
  const auto text = [](const std::string& factor) {
    return "truce: 2\nhorizon: 2\ntriggers: {t: {at: 1, chance: 0.5, do: []}}\n"
           "outcomes: {damage: {value: t.fired * " +
           factor + "}}\n";
  };
  const Simulation most(text("2147483647"), 64);
  CHECK(std::ranges::count(most["damage"], 2147483647.0) > 10);
  CHECK_THROWS_WITH(Simulation(text("2147483648"), 64),
                    Catch::Contains("'damage'") && Catch::Contains("32 bits"));
}
