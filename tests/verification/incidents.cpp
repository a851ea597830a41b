#include <cmath>

#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/statistics.hpp"

using truce::test::Simulation;

TEST_CASE("competing incidents win in proportion to their rates") {
  const std::string yaml = R"(
truce: 2
horizon: 30
incidents:
  first: {rate: 0.02, while: true, do: [{end: first_won}]}
  second: {rate: 0.03 per day, while: true, do: [{end: second_won}]}
)";
  constexpr std::size_t trials = 400'000;
  const Simulation run(yaml, trials);
  const double any = 1 - std::exp(-0.05 * 30);
  truce::test::check_proportion(run.ended("first_won"), trials, 0.4 * any);
  truce::test::check_proportion(run.ended("second_won"), trials, 0.6 * any);
  truce::test::check_proportion(run.ended("horizon"), trials, 1 - any);
}

TEST_CASE("a hazard that changes on day 10 keeps its integrated part") {
  const std::string yaml = R"(
truce: 2
horizon: 40
levels:
  danger: 0.01
triggers:
  worse: {at: 10, do: [{set: {danger: 0.08}}]}
incidents:
  shot: {rate: danger, while: true, do: [{end: shot}]}
)";
  constexpr std::size_t trials = 400'000;
  const Simulation run(yaml, trials);
  std::size_t before_10 = 0;
  std::size_t before_20 = 0;
  for (const double day : run["duration"]) {
    before_10 += day < 10;
    before_20 += day < 20;
  }
  truce::test::check_proportion(before_10, trials, 1 - std::exp(-0.1));
  truce::test::check_proportion(before_20, trials, 1 - std::exp(-0.1 - 0.8));
  truce::test::check_proportion(run.ended("horizon"), trials, std::exp(-0.1 - 2.4));
}

TEST_CASE("a rate is paused while its condition is false") {
  const std::string yaml = R"(
truce: 2
horizon: 20
levels:
  calm: 0
triggers:
  quiet: {at: 5, do: [{set: {calm: 1}}]}
  loud: {at: 15, do: [{set: {calm: 0}}]}
incidents:
  shot: {rate: 0.1, while: calm == 0}
)";
  constexpr std::size_t trials = 200'000;
  const Simulation run(yaml, trials);
  truce::test::check_mean(run["shot.occurred"], 0.1 * 10);
}

TEST_CASE("self-exciting incidents have the counts of a Hawkes process") {
  const std::string yaml = R"(
truce: 2
horizon: 30
incidents:
  fire: {rate: 0.2, excites: {jump: 0.3, decay: 0.7}, while: true}
)";
  constexpr std::size_t trials = 200'000;
  const Simulation run(yaml, trials);
  const auto expected = truce::test::hawkes_count(0.2, 0.3, 0.7, 30);
  const auto& counts = run["fire.occurred"];
  truce::test::check_mean(counts, expected.mean);
  const double sd = truce::test::sd_of(counts);
  CHECK(sd * sd == Approx(expected.variance).epsilon(0.02));
}

TEST_CASE("excitation goes on decaying while the incident is paused") {
  // One occurrence is forced at day 0; nothing can happen until day 3; then only excitation acts.
  const std::string yaml = R"(
truce: 2
horizon: 50
observe: ending
incidents:
  fire: {rate: 0, excites: {jump: 0.5, decay: 0.25}, while: "time >= 3", do: [{end: again, if: fire.occurred >= 2}]}
begin: [{incident: fire}]
)";
  constexpr std::size_t trials = 200'000;
  const Simulation run(yaml, trials);
  const double left = 0.5 * std::exp(-0.25 * 3);
  const double integrated = left / 0.25 * (1 - std::exp(-0.25 * 47));
  truce::test::check_proportion(run.ended("again"), trials, 1 - std::exp(-integrated));
}
