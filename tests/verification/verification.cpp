#include <cmath>

#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/statistics.hpp"

using truce::test::Simulation;

TEST_CASE("imperfect detection and false alarms") {
  const std::string yaml = R"(
truce: 2
horizon: 100
parties:
  a: {role: principal}
  b: {role: principal}
cohorts:
  held: {held_by: a, living: 400}
verification:
  watch: {takes: 0.5, detects: 0.7, false_alarms: 0.1}
phases:
  only:
    lasts: 50
    obligations:
      give:
        by: a
        release: held
        due: [{day: 1, count: 10}]
        comply: 0.6
        otherwise: {refuse: 1, partial: 1}
        partial_share: 0.5
        verified_by: watch
outcomes:
  seen: {first: give.fulfilled + give.breached >= 1}
)";
  constexpr std::size_t trials = 400'000;
  const Simulation run(yaml, trials);
  const double breached = 0.6 * 0.1 + 0.4 * 0.7;
  std::size_t count = 0;
  std::size_t unseen_refusals = 0;
  for (std::size_t i = 0; i < trials; ++i) {
    count += run["give.breached"][i] == 1;
    unseen_refusals += run["give.performed"][i] == 0 && run["give.fulfilled"][i] == 1;
    REQUIRE(run["give.breached"][i] + run["give.fulfilled"][i] == 1);
    REQUIRE(run["seen"][i] == Approx(1.5));
  }
  truce::test::check_proportion(count, trials, breached);
  truce::test::check_proportion(unseen_refusals, trials, 0.2 * 0.3);
}

TEST_CASE("lateness within grace is verified, beyond it is always a breach and then remedied") {
  const std::string yaml = R"(
truce: 2
horizon: 100
parties:
  a: {role: principal}
  b: {role: principal}
cohorts:
  held: {held_by: a, living: 10}
phases:
  only:
    lasts: 90
    obligations:
      give:
        by: a
        release: held
        due: [{day: 1, count: 10}]
        comply: 0
        otherwise: {late: 1}
        late_by: exponential(2)
        takes: 0.25
        grace: 1
outcomes:
  freed: {first: held.freed == 10}
  remedied: {value: give.remedied}
)";
  constexpr std::size_t trials = 200'000;
  const Simulation run(yaml, trials);
  std::size_t breached = 0;
  std::vector<double> lateness;
  for (std::size_t i = 0; i < trials; ++i) {
    const bool beyond = run["freed"][i] > 1 + 0.25 + 1;
    REQUIRE((run["give.breached"][i] == 1) == beyond);
    REQUIRE((run["remedied"][i] == 1) == beyond);
    breached += beyond;
    lateness.push_back(run["freed"][i] - 1.25);
  }
  truce::test::check_proportion(breached, trials, std::exp(-0.5));
  truce::test::check_mean(lateness, 2.0);
}
