#include <cmath>

#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/statistics.hpp"

using truce::test::Simulation;

TEST_CASE("deaths in custody are binomial") {
  const std::string yaml = R"(
truce: 2
horizon: 50
parties: {a: {role: principal}}
cohorts:
  held: {held_by: a, living: 30, remains: 2, mortality: 0.004}
)";
  constexpr std::size_t trials = 200'000;
  const Simulation run(yaml, trials);
  const double p = 1 - std::exp(-0.004 * 50);
  truce::test::check_mean(run["held.died"], 30 * p);
  std::vector<double> observed(31, 0);
  std::vector<double> expected(31, 0);
  for (const double died : run["held.died"]) ++observed[static_cast<std::size_t>(died)];
  double pmf = std::pow(1 - p, 30);
  for (std::size_t k = 0; k <= 30; ++k) {
    expected[k] = static_cast<double>(trials) * pmf;
    pmf *= (30 - static_cast<double>(k)) / (static_cast<double>(k) + 1) * p / (1 - p);
  }
  // Cells with few expected deaths are pooled into the last one that has enough.
  while (expected.back() < 10) {
    expected[expected.size() - 2] += expected.back();
    observed[observed.size() - 2] += observed.back();
    expected.pop_back();
    observed.pop_back();
  }
  CHECK(truce::test::chi_square_p_value(observed, expected) > 1e-4);
  // Each living person's days: the integral of exp(-0.004 t).
  truce::test::check_mean(run["held.person_days"], 30 * p / 0.004);
}
