#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/statistics.hpp"

using truce::test::Simulation;

TEST_CASE("talks agree, are ratified, and fail at their deadline") {
  const std::string yaml = R"(
truce: 2
horizon: 100
parties: {a: {role: principal}, b: {role: principal}}
talks:
  cairo: {rounds: 2, agree: 0.3, ratify: {a: 0.8, b: 0.5}, positions: redrawn, ratify_takes: 1, deadline: 30, agreed: [{end: deal}], failed: [{end: no_deal}]}
begin: [{open: cairo}]
outcomes:
  rejections: {value: cairo.rejected}
)";
  constexpr std::size_t trials = 200'000;
  const Simulation run(yaml, trials);
  // Probability of a deal by the deadline, by the renewal equation on whole days: a round of 2 days
  // agrees with 0.3; ratification takes 1 more day and succeeds with 0.4; what ends at day 30
  // counts.
  std::vector<double> deal(32, 0);
  std::vector<double> rejected(32, 0);
  for (int left = 2; left <= 30; ++left) {
    const auto at = static_cast<std::size_t>(left);
    deal[at] = 0.7 * deal[at - 2];
    rejected[at] = 0.7 * rejected[at - 2];
    if (left >= 3) {
      deal[at] += 0.3 * (0.4 + 0.6 * deal[at - 3]);
      rejected[at] += 0.3 * 0.6 * (1 + rejected[at - 3]);
    }
  }
  truce::test::check_proportion(run.ended("deal"), trials, deal[30]);
  truce::test::check_proportion(run.ended("no_deal"), trials, 1 - deal[30]);
  truce::test::check_mean(run["rejections"], rejected[30]);
}

TEST_CASE("talks can be closed, and opened again once over") {
  const Simulation run(R"(
truce: 2
horizon: 100
talks:
  cairo: {rounds: 10, agree: 1}
triggers:
  a: {at: 0, do: [{open: cairo}, {open: cairo}]}
  b: {at: 5, do: [{close: cairo}]}
  c: {at: 20, do: [{open: cairo}]}
  e: {at: 40, do: [{open: cairo}]}
outcomes:
  opened: {value: cairo.opened}
  agreed: {value: cairo.agreed}
  open_days: {integral: cairo.open}
)",
                       1);
  CHECK(run["opened"][0] == 3);
  CHECK(run["agreed"][0] == 2);
  CHECK(run["open_days"][0] == Approx(25));
}
