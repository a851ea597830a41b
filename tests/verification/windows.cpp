#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/sketch.hpp"
#include "support/statistics.hpp"

using truce::test::Simulation;
using truce::test::two_sides;

namespace {

// The window w, as measured over `horizon` days.
std::string one(const std::string& window, const std::string& horizon = "21") {
  return "truce: 2\nstart: 2025-01-19\nhorizon: " + horizon +
         "\nparameters:\n  p: {value: 2, prior: 'uniform(1, 3)'}\n"
         "  q: {value: 3, prior: 'uniform(2.5, 3.5)'}\nwindows:\n  w: " +
         window + R"(
outcomes:
  opened: {value: w.opened}
  closed: {value: w.closed}
  open_days: {integral: w.open}
  since: {first: w.open}
  first_opened: {first: w.opened >= 1}
  first_closed: {first: w.closed >= 1}
  second: {first: w.opened == 2}
  p: {value: p}
  q: {value: q}
)";
}

}  // namespace

TEST_CASE("windows open and close at their exact times, between ticks") {
  const Simulation run(one("{from: 5.75, lasts: 25 h, every: 7 days}"), 1);
  CHECK(run["since"][0] == 5.75);
  CHECK(run["first_closed"][0] == 5.75 + 25.0 / 24);
  CHECK(run["second"][0] == 12.75);
  CHECK(run["opened"][0] == 3);
  CHECK(run["closed"][0] == 3);
  CHECK(run["open_days"][0] == Approx(3 * 25.0 / 24));
  const Simulation once(one("{from: 2025-01-21, lasts: 12 h}"), 1);
  CHECK(once["since"][0] == 2);
  CHECK(once["opened"][0] == 1);
  CHECK(once["open_days"][0] == 0.5);
  const Simulation at_once(one("{from: 0, lasts: 1}"), 1);
  CHECK(at_once["first_opened"][0] == 0);
  CHECK(at_once["open_days"][0] == 1);
}

TEST_CASE(
    "at one time: the tick, then closings, openings, in the order of the file, then all else") {
  // Each tick grows `ticks`; each change appends its digit to `log_of`.
  const Simulation run(R"(
truce: 2
horizon: 6
levels: {log_of: 0, ticks: {initial: 0, drift: 1}, read: 0}
windows:
  v: {from: 2, lasts: 1, every: 3}
  w: {from: 3, lasts: 2, every: 3}
  x: {from: 2, lasts: 1}
triggers:
  v_opens: {upon: v.opened, do: [{set: {log_of: 10 * log_of + 1}}]}
  v_closes: {upon: v.closed, do: [{set: {log_of: 10 * log_of + 2}}, {add: {read: ticks}}]}
  w_opens: {upon: w.opened, do: [{set: {log_of: 10 * log_of + 3}}]}
  w_closes: {upon: w.closed, do: [{set: {log_of: 10 * log_of + 4}}]}
  x_opens: {upon: x.opened, do: [{set: {log_of: 10 * log_of + 5}}]}
  x_closes: {upon: x.closed, do: [{set: {log_of: 10 * log_of + 6}}]}
  dated: {at: 3, do: [{set: {log_of: 10 * log_of + 7}}]}
  neither: {when: not v.open and not w.open and time > 1.5, do: [{set: {log_of: 10 * log_of + 8}}]}
  always: {every: 1, while: w.open and time == 3, do: [{set: {log_of: 10 * log_of + 9}}]}
outcomes:
  log_of: {value: log_of}
  read: {value: read}
)",
                       1);
  // Day 2, at whose tick neither was open yet: v, x open. Day 3: v closes and neither is open, x
  // closes, w opens; then what was scheduled, in its order. Day 5: w closes, neither, v opens.
  // Day 6: v closes, neither, w opens.
  CHECK(run["log_of"][0] == 815'286'379'481'283.0);
  CHECK(run["read"][0] == 3 + 6);  // after the tick
}

TEST_CASE("a window that opened before day 0 and still lasts is open from then") {
  const Simulation run(one("{from: -1.25, lasts: 2, every: 7 days}"), 1);
  CHECK(run["since"][0] == 0);
  CHECK(run["first_closed"][0] == 0.75);
  CHECK(run["first_opened"][0] == 5.75);
  CHECK(run["opened"][0] == 3);
  CHECK(run["closed"][0] == 3);
  CHECK(run["open_days"][0] == Approx(0.75 + 2 + 2 + 1.25));
  const Simulation on_day_0(one("{from: -14, lasts: 1, every: 7}"), 1);
  CHECK(on_day_0["first_opened"][0] == 0);
  CHECK(on_day_0["opened"][0] == 4);
  const Simulation over(one("{from: -1, lasts: 1, every: 7}"), 1);
  CHECK(over["first_opened"][0] == 6);
  CHECK(over["closed"][0] == 3);  // days 7, 14 and 21
}

TEST_CASE("a window may last until it opens again, however its times are rounded") {
  for (const std::string times :
       {"from: -0.7, lasts: 0.1, every: 0.1", "from: -5.25, lasts: 25 h, every: 25 h",
        "from: -0.3, lasts: 0.1, every: 0.1", "from: -3, lasts: 1, every: 1"}) {
    CAPTURE(times);
    const Simulation run(one("{" + times + "}", "2"), 1);
    CHECK(run["open_days"][0] == Approx(2));
  }
  const Simulation later(one("{from: 0.1, lasts: 0.7, every: 0.7}", "2"), 1);
  CHECK(later["open_days"][0] == Approx(1.9));
}

TEST_CASE("a window that is still open when it opens again is an error") {
  CHECK_THROWS_WITH(Simulation(one("{from: 1, lasts: 3, every: 2}"), 1),
                    Catch::Contains("still open"));
  CHECK_THROWS_WITH(Simulation(one("{from: 1, lasts: 'uniform(2.1, 3)', every: 2}"), 1),
                    Catch::Contains("'w' is still open when it opens again, on day 3"));
  CHECK_THROWS_WITH(Simulation(one("{from: -1, lasts: 1}"), 1), Catch::Contains("'from' of 'w'"));
  CHECK_THROWS_WITH(Simulation(one("{from: -1, lasts: 'uniform(0, 1)', every: 2}"), 1),
                    Catch::Contains("'lasts' of 'w' is drawn"));
}

TEST_CASE("times of a window are the trial's parameters'") {
  constexpr std::size_t trials = 200;
  const Simulation run(one("{from: p, lasts: 0.5, every: q}"), trials, 1, {}, 2,
                       truce::model::ParameterSource::from_priors);
  for (std::size_t i = 0; i < trials; ++i) {
    const double p = run["p"][i];
    const double q = run["q"][i];
    CHECK(run["since"][i] == p);
    CHECK(run["second"][i] == p + q);
    CHECK(run["opened"][i] == 1 + std::floor((21 - p) / q));
  }
  CHECK(truce::test::sd_of(run["p"]) > 0.5);
  const Simulation point(one("{from: p, lasts: 0.5, every: q}"), 1);
  CHECK(point["since"][0] == 2);
}

TEST_CASE("how long a window lasts is drawn at each opening") {
  constexpr std::size_t trials = 20'000;
  const Simulation run(one("{from: 1, lasts: 'uniform(0.5, 1.5)', every: 2}", "8.9"), trials);
  truce::test::check_mean(run["open_days"], 4);
  CHECK(truce::test::sd_of(run["open_days"]) == Approx(std::sqrt(4 / 12.0)).epsilon(0.02));
}

TEST_CASE("a tranche waits until windows of a list have closed, at the exact time") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, requires: not shut, due: [{every: 1, from: 1, to: 9, count: 1}]}
)",
                                 R"(
lists: {side: [left, right]}
windows:
  day_of_<side>: {from: 5.75, lasts: 25 h, every: 7}
  day_of_right: {lasts: 26 h}
formulas: {shut: 'any(side, day_of_<side>.open)'}
outcomes:
  fifth: {first: guests.freed >= 5}
  sixth: {first: guests.freed >= 6}
  shut_days: {integral: shut, at: ending}
)"),
                       1);
  CHECK(run["fifth"][0] == 5);
  CHECK(run["sixth"][0] == Approx(5.75 + 26.0 / 24));
  CHECK(run["shut_days"][0] == Approx(7 * 26.0 / 24));
}
