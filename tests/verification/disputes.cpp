
#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/statistics.hpp"

using truce::test::Simulation;

namespace {

// Incidents done to b open disputes one by one: a queue with exponential service.
std::string queue(int teams) {
  return R"(
truce: 2
horizon: 60000
parties:
  a: {role: principal}
  b: {role: principal}
responses:
  complain: {dispute: 1}
mediation: {teams: )" +
         std::to_string(teams) + R"(, takes: exponential(1), settles: 1}
incidents:
  breach: {by: a, to: b, rate: )" +
         (teams == 1 ? "0.7" : "1.4") + R"(, while: true, breach: complain}
outcomes:
  open: {integral: disputes.open}
)";
}

}  // namespace

TEST_CASE("disputes queue for one team as M/M/1, for two as M/M/2") {
  for (const int teams : {1, 2}) {
    const double arrivals = teams == 1 ? 0.7 : 1.4;
    const Simulation run(queue(teams), 60);
    std::vector<double> averages;
    for (const double integral : run["open"]) averages.push_back(integral / 60000);
    truce::test::check_mean(averages, truce::test::mmc_mean_in_system(arrivals, 1.0, teams));
  }
}

TEST_CASE("a dispute is retried, dropped or ends the agreement by weight") {
  const std::string yaml = R"(
truce: 2
horizon: 1000
parties:
  a: {role: principal}
  b: {role: principal}
cohorts:
  held: {held_by: a, living: 1}
responses:
  complain: {dispute: 1}
mediation: {takes: 1, settles: 0.4, unsettled: {retry: 2, drop: 1, withdraw: 1}}
phases:
  only:
    lasts: 900
    obligations:
      give: {by: a, release: held, due: [{day: 1, count: 1}], comply: 0, breach: complain}
    then:
      - {do: [{end: over}]}
)";
  constexpr std::size_t trials = 200'000;
  // A refused tranche is disputed: settled with 0.4, after which it is refused again and disputed
  // again; else retried, dropped or left. Only dropping and leaving end it, equally likely.
  const Simulation run(yaml, trials);
  truce::test::check_proportion(run.ended("collapsed"), trials, 0.5);
  truce::test::check_proportion(run.ended("over"), trials, 0.5);
  // Rounds of mediation until the end are geometric with 0.6 * 0.5; of each round 0.4 settles.
  truce::test::check_mean(run["disputes.settled"], 0.4 / 0.3);
}

TEST_CASE("settled trust moves both sides, and the shortfall falls due again") {
  const std::string yaml = R"(
truce: 2
horizon: 1000
parties:
  a: {role: principal, trust: {initial: 0.5, settled: 0.1}}
  b: {role: principal, trust: {initial: 0.5, settled: 0.2, breached: -0.3, fulfilled: 0.25}}
cohorts:
  held: {held_by: a, living: 10}
responses:
  complain: {dispute: 1}
mediation: {takes: 2}
phases:
  only:
    lasts: 900
    obligations:
      give:
        by: a
        release: held
        due: [{day: 1, count: 10}]
        comply: if(give.breached >= 1, 1, 0)
        otherwise: {partial: 1}
        partial_share: 0.45
        breach: complain
outcomes:
  trust_a: {value: a.trust}
  trust_b: {value: b.trust}
  freed: {first: held.freed == 10}
)";
  const Simulation run(yaml, 10);
  CHECK(run["trust_a"][0] == Approx(0.6));
  CHECK(run["trust_b"][0] == Approx(0.5 - 0.3 + 0.2 + 0.25));
  CHECK(run["freed"][0] == Approx(3));
  CHECK(run["give.performed"][0] == 2);
  CHECK(run["give.fulfilled"][0] == 1);
  CHECK(run["give.breached"][0] == 1);
}

TEST_CASE("disputes are mediated first come, first served") {
  const auto obligation = [](const std::string& name, int day) {
    return "      " + name + ": {by: a, release: held, due: [{day: " + std::to_string(day) +
           ", count: 1}], comply: 'if(" + name + ".breached >= 1, 1, 0)', breach: complain}\n";
  };
  const Simulation run(R"(
truce: 2
horizon: 1000
parties: {a: {role: principal}, b: {role: principal}}
cohorts: {held: {held_by: a, living: 10}}
responses: {complain: {dispute: 1}}
mediation: {takes: 5}
phases:
  only:
    lasts: 900
    obligations:
)" + obligation("one", 1) + obligation("two", 2) +
                           obligation("three", 3) + R"(
outcomes:
  one_given: {first: one.performed == 1}
  two_given: {first: two.performed == 1}
  three_given: {first: three.performed == 1}
)",
                       1);
  CHECK(run["one_given"][0] == Approx(6));
  CHECK(run["two_given"][0] == Approx(11));
  CHECK(run["three_given"][0] == Approx(16));
}
