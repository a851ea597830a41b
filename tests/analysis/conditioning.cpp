// Ways of conditioning agree, depend on no thread, say where they fail, and are calibrated.
#include "analysis/conditioning.hpp"

#include <fmt/format.h>

#include <cmath>

#include "analysis/conditioned.hpp"
#include "model/trial_walk.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"
#include "support/statistics.hpp"

using namespace truce;
using analysis::ConditionMethod;
using test::condition_settings;
using test::conditioned;
using test::ConditionedTrials;
using test::shots;
using test::steps;

TEST_CASE("rejection and SMC agree, also on what comes after") {
  const std::string known =
      "[{at: 2, that: shots <= 3}, {at: 5, that: shots >= 6}, {at: 8, that: shots >= 12}]";
  const auto by_rejection =
      conditioned(shots, known, condition_settings(ConditionMethod::rejection));
  const auto by_smc = conditioned(shots, known, condition_settings(ConditionMethod::smc));
  const auto& a = by_rejection.found.told;
  const auto& b = by_smc.found.told;
  CAPTURE(a.evidence, a.evidence_ci.low, a.evidence_ci.high, b.evidence, b.evidence_ci.low,
          b.evidence_ci.high);
  CHECK(a.evidence_ci.low < b.evidence_ci.high);
  CHECK(b.evidence_ci.low < a.evidence_ci.high);
  for (std::size_t i = 0; i < a.facts.size(); ++i) {
    CHECK(std::abs(a.facts[i].share / b.facts[i].share - 1) < 0.1);
  }
  const auto error = [](const ConditionedTrials& trials) {
    return test::sd_of(trials.column("shots_in_all")) /
           std::sqrt(trials.found.told.effective_trials);
  };
  CHECK(std::abs(test::mean_of(by_rejection.column("shots_in_all")) -
                 test::mean_of(by_smc.column("shots_in_all"))) <=
        4 * std::hypot(error(by_rejection), error(by_smc)));
}

TEST_CASE("rows of rejection are trials of the scenario, and no row depends on threads") {
  for (const auto method : {ConditionMethod::rejection, ConditionMethod::smc}) {
    auto one = condition_settings(method);
    one.threads = 1;
    auto three = one;
    three.threads = 3;
    const std::string known = "[{at: 2, that: shots <= 3}, {at: 5, that: shots >= 6}]";
    const auto a = conditioned(shots, known, one);
    const auto b = conditioned(shots, known, three);
    CHECK(a.rows.columns == b.rows.columns);
    CHECK(a.rows.drawn == b.rows.drawn);
    CHECK(a.found.told.evidence == b.found.told.evidence);
    CHECK(a.found.told.origin == b.found.told.origin);
    model::Simulator simulator(a.model, one.simulator);
    model::TrialRecord record;
    for (std::size_t row = 0; row < 50; ++row) {
      if (!a.found.rows[row].forks.empty()) continue;
      simulator.run(a.found.rows[row].origin, record);
      CHECK(record.columns[3] == a.rows.columns[3][row]);
    }
  }
}

TEST_CASE("copies of a trial go on in ways of their own, from what they share") {
  const auto trials = conditioned(shots, "[{at: 4, that: shots == 9}, {at: 6, that: shots >= 15}]",
                                  condition_settings(ConditionMethod::smc));
  const auto& after = trials.column("shots_in_all");
  std::size_t same = 0, other = 0;
  for (std::size_t row = 1; row < after.size(); ++row) {
    if (trials.found.rows[row].origin != trials.found.rows[row - 1].origin) continue;
    CHECK(trials.parameter("r")[row] == trials.parameter("r")[row - 1]);
    ++(after[row] == after[row - 1] ? same : other);
  }
  CAPTURE(same, other);
  CHECK(same + other > 100);
  CHECK(other > 4 * same);
}

TEST_CASE("where too few are left the fact is named at which they were lost") {
  const auto refused = [](const std::string& known, std::uint64_t at_most) {
    auto few = condition_settings(ConditionMethod::smc);
    few.at_most = at_most;
    try {
      conditioned(shots, known, few);
    } catch (const analysis::TooFewLeft& error) {
      return std::pair(error.fact(), std::string(error.what()));
    }
    return std::pair(std::size_t{99}, std::string());
  };
  const auto [fact, message] =
      refused("[{at: 1, that: shots <= 5}, {at: 2, that: shots < 0}]", 100'000);
  CHECK(fact == 1);
  CHECK(message.find("record.yaml:2:") == 0);
  CHECK(message.find("no trial agrees with this fact") != std::string::npos);
  CHECK(refused("[{at: 1, that: shots >= 30}, {at: 2, that: shots >= 0}]", 20'000).first == 0);
}

TEST_CASE("posteriors are calibrated: ranks of simulated truths are uniform") {
  // Rank by rank: with simulated truths, ranks among posterior draws are uniform (Talts et al.,
  // arXiv 1804.06788).
  constexpr std::size_t replications = 200;
  constexpr std::size_t bins = 8;
  const auto loaded = test::loaded(steps);
  model::SimulatorSettings truth;
  truth.seed = 77;
  truth.parameters = model::ParameterSource::from_priors;
  model::TrialWalk walk(loaded.model, truth);
  model::TrialRecord record;
  std::vector<double> counts(bins, 0);
  const model::VariableId done = loaded.model.levels[model::LevelId{0}].value;
  for (std::size_t i = 0; i < replications; ++i) {
    walk.start(i, record, nullptr);
    const double p = record.drawn.front();
    std::string known = "[";
    for (const double day : {4.5, 8.5, 12.5}) {
      while (walk.next_time() <= day) walk.step();
      known += fmt::format("{{at: {}, that: done == {}}}, ", day, walk.value(done));
    }
    auto its = condition_settings(ConditionMethod::smc);
    its.simulator.seed = 1000 + i;
    its.rows = 63;
    its.effective = 40;
    its.group_size = 64;
    its.threads = 1;
    const auto trials = conditioned(steps, known + "]", its);
    std::size_t below = 0;
    for (const double x : trials.parameter("p")) below += static_cast<std::size_t>(x < p);
    counts[std::min(bins - 1, below * bins / 64)] += 1;
  }
  const std::vector<double> expected(bins, static_cast<double>(replications) / bins);
  CAPTURE(counts);
  CHECK(test::chi_square_p_value(counts, expected) > 1e-3);
}
