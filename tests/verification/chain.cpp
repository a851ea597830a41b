#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/statistics.hpp"

using truce::test::Simulation;

namespace {

// Five tranches, each given with probability 0.9; the first that is not ends the agreement.
const std::string chain = R"(
truce: 2
name: chain
horizon: 100
parties:
  a: {role: principal}
  b: {role: principal}
cohorts:
  held: {held_by: a, living: 50}
responses:
  leave: {withdraw: 1}
phases:
  only:
    lasts: 20
    obligations:
      give:
        by: a
        release: held
        due: [{every: 2, to: 10, count: 10}]
        comply: 0.9
        breach: leave
outcomes:
  all: {value: held.freed == 50}
)";

}  // namespace

TEST_CASE("a chain of five tranches completes with probability 0.9^5") {
  constexpr std::size_t trials = 400'000;
  const Simulation run(chain, trials);
  truce::test::check_proportion(run.ended("completed"), trials, 0.59049);
  CHECK(run.ended("completed") + run.ended("collapsed") == trials);

  // The number freed is 10 per tranche before the first failure: a truncated geometric.
  std::vector<double> observed(6, 0);
  std::vector<double> expected(6, 0);
  for (const double freed : run["held.freed"]) ++observed[static_cast<std::size_t>(freed / 10)];
  for (std::size_t k = 0; k < 5; ++k) {
    expected[k] = static_cast<double>(trials) * std::pow(0.9, static_cast<double>(k)) * 0.1;
  }
  expected[5] = static_cast<double>(trials) * 0.59049;
  CHECK(truce::test::chi_square_p_value(observed, expected) > 1e-4);
}

TEST_CASE("a refusal collapses the agreement at its day, with the obligation as the cause") {
  const Simulation run(chain, 20'000);
  const auto& freed = run["held.freed"];
  const auto& duration = run["duration"];
  for (std::size_t i = 0; i < freed.size(); ++i) {
    const double expected = freed[i] == 50 ? 20 : 2 * (freed[i] / 10 + 1);
    REQUIRE(duration[i] == Approx(expected));
  }
}
