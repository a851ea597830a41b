// Trials given what is known, against posteriors and evidences that are known exactly.
#include "analysis/conditioning.hpp"

#include <fmt/format.h>

#include <cmath>

#include "analysis/conditioned.hpp"
#include "model/trial_walk.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace truce;
using analysis::ConditionMethod;
using analysis::ConditionSettings;
using test::conditioned;
using test::ConditionedTrials;

namespace {

ConditionSettings settings(std::optional<ConditionMethod> method = {}) {
  ConditionSettings result{
      .rows = 4000, .effective = 4000, .group_size = 512, .method = method, .threads = 2};
  result.simulator.parameters = model::ParameterSource::from_priors;
  return result;
}

/// The estimate is within 4 of the standard errors that its interval tells of; intervals are those
/// of Student's law with 31 degrees of freedom or of the normal one.
void check_evidence(const ConditionedTrials& trials, double exact) {
  const results::Conditioned& told = trials.found.told;
  const double error = std::log(told.evidence_ci.high / told.evidence_ci.low) / (2 * 1.96);
  CAPTURE(told.method, told.evidence, exact, told.evidence_ci.low, told.evidence_ci.high, error);
  CHECK(std::abs(std::log(told.evidence / exact)) <= 4 * error);
  CHECK(error < 0.15);
}

/// Mean and deviation of a posterior, of rows that are worth so many independent ones.
void check_posterior(const ConditionedTrials& trials, const std::vector<double>& values,
                     double mean, double sd) {
  const double effective = trials.found.told.effective_trials;
  const double error = sd / std::sqrt(effective);
  CAPTURE(trials.found.told.method, effective, test::mean_of(values), mean, test::sd_of(values),
          sd);
  CHECK(std::abs(test::mean_of(values) - mean) <= 4 * error);
  CHECK(std::abs(test::sd_of(values) / sd - 1) <= 4 * std::sqrt(1 / effective));
  CHECK(effective > 500);
}

double log_beta(double a, double b) {
  return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
}

double log_choose(int n, int k) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

constexpr const char* steps = R"yaml(truce: 2
horizon: 20
parameters: {p: {value: 0.4, prior: "beta(2, 3)"}}
levels: {done: 0}
triggers: {step: {every: 1, chance: p, do: [{add: {done: 1}}]}}
outcomes: {done_by_10: {peak: "if(time < 10.5, done, 0)"}, done_at_end: {value: done}}
)yaml";

constexpr const char* shots = R"yaml(truce: 2
horizon: 20
parameters: {r: {value: 1, prior: "gamma(1, 0.5)"}}
levels: {shots: 0}
triggers: {shot: {rate: r, do: [{add: {shots: 1}}]}}
outcomes: {shots_in_all: {value: shots}}
)yaml";

std::string with_fixed_rate(const std::string& rate) {
  std::string text = shots;
  text.replace(text.find("{value: 1, prior: \"gamma(1, 0.5)\"}"), 34, rate);
  return text;
}

}  // namespace

TEST_CASE("compliance is beta-binomial: its posterior and evidence, by rejection and by SMC") {
  for (const auto method : {ConditionMethod::rejection, ConditionMethod::smc}) {
    // The first fact says nothing that the second does not, of the probability.
    const auto trials =
        conditioned(steps, "[{at: 4.5, that: step.fired >= 2}, {at: 10.5, that: step.fired == 7}]",
                    settings(method));
    // Of 7 steps done among 10, so many ways have two or more of them among the first four: all but
    // 4 C(6, 6), with one, as none is impossible.
    const double ways = std::exp(log_choose(10, 7)) - 4;
    check_posterior(trials, trials.parameter("p"), 9.0 / 15, std::sqrt(9.0 * 6 / (15.0 * 15 * 16)));
    check_evidence(trials, ways * std::exp(log_beta(9, 6) - log_beta(2, 3)));
    for (const double done : trials.column("done_by_10")) CHECK(done == 7);
    // What comes after: 10 more steps (day 11 to 20) of the posterior's mean.
    const double predicted = 7 + 10 * 9.0 / 15;
    const double variance = 10 * 9.0 * 6 * (15 + 10) / (15.0 * 15 * 16);
    CHECK(std::abs(test::mean_of(trials.column("done_at_end")) - predicted) <=
          4 * std::sqrt(variance / trials.found.told.effective_trials));
  }
}

TEST_CASE("groups count by the evidence that they find, so that small ones are no bias") {
  const std::string level = R"yaml(truce: 2
horizon: 10
parameters: {m: {value: 10, prior: "normal(10, 2)"}}
levels: {aid: m}
)yaml";
  auto small = settings(ConditionMethod::smc);
  small.group_size = 8;
  small.rows = 2000;
  small.effective = 1500;
  const auto trials = conditioned(level, "[{at: 2, value: aid, is: 13, sd: 0.5}]", small);
  check_posterior(trials, trials.parameter("m"), 54.5 / 4.25, 1 / std::sqrt(4.25));
  check_evidence(trials, std::exp(-0.5 * 9 / 4.25) / std::sqrt(2 * 3.14159265358979 * 4.25));
}

TEST_CASE("a rate with a gamma prior, given counts, is gamma") {
  // Mean 1 and deviation 0.5: shape 4, rate 4. Of 9 shots in 4 days: shape 13, rate 8.
  const double evidence = std::exp(std::lgamma(13) - std::lgamma(4) - std::lgamma(10) +
                                   4 * std::log(0.5) + 9 * std::log(0.5));
  for (const auto method : {ConditionMethod::rejection, ConditionMethod::smc}) {
    const auto trials = conditioned(shots, "[{at: 4, that: shots == 9}]", settings(method));
    check_posterior(trials, trials.parameter("r"), 13.0 / 8, std::sqrt(13.0) / 8);
    check_evidence(trials, evidence);
  }
}

TEST_CASE("two hidden types are told apart by Bayes' rule") {
  const std::string types = R"yaml(truce: 2
horizon: 10
parameters: {hostile: {value: 0, prior: "bernoulli(0.3)"}}
triggers: {act: {every: 1, chance: "if(hostile > 0.5, 0.8, 0.3)"}}
)yaml";
  const double hostile = 0.3 * 5 * std::pow(0.8, 4) * 0.2;
  const double other = 0.7 * 5 * std::pow(0.3, 4) * 0.7;
  for (const auto method : {ConditionMethod::rejection, ConditionMethod::smc}) {
    const auto trials = conditioned(types, "[{at: 5, that: act.fired == 4}]", settings(method));
    const double p = hostile / (hostile + other);
    check_posterior(trials, trials.parameter("hostile"), p, std::sqrt(p * (1 - p)));
    check_evidence(trials, hostile + other);
  }
}

TEST_CASE("a measurement with an error weighs by its likelihood") {
  const std::string level = R"yaml(truce: 2
horizon: 10
parameters: {m: {value: 10, prior: "normal(10, 2)"}}
levels: {aid: m}
outcomes: {aid: {value: aid}}
)yaml";
  const auto trials = conditioned(level, "[{at: 2, value: aid, is: 13, sd: 1}]", settings());
  CHECK(trials.found.told.method == "smc");
  check_posterior(trials, trials.parameter("m"), 12.4, std::sqrt(0.8));
  check_evidence(trials, std::exp(-0.5 * 9 / 5) / std::sqrt(2 * 3.14159265358979 * 5));
}

TEST_CASE("known decisions are taken as known, and weigh by their probability") {
  const auto trials = conditioned(steps,
                                  "[{draw: step.chance, number: 1, is: yes, by: 1.5}, "
                                  "{draw: step.chance, number: 3, is: no, by: 3.5}, "
                                  "{draw: step.chance, number: 4, is: no, by: 4.5}]",
                                  settings());
  check_posterior(trials, trials.parameter("p"), 3.0 / 8, std::sqrt(3.0 * 5 / (64.0 * 9)));
  check_evidence(trials, std::exp(log_beta(3, 5) - log_beta(2, 3)));
  CHECK(std::abs(trials.found.told.facts[0].share - 0.4) < 0.01);
  // A value of few: how many of ten.
  const std::string count = R"yaml(truce: 2
horizon: 3
parameters: {p: {value: 0.4, prior: "beta(2, 3)"}}
levels: {n: 0}
triggers: {t: {at: 1, do: [{add: {n: "binomial(10, p)"}}]}}
outcomes: {n: {value: n}}
)yaml";
  const auto drawn = conditioned(count, "[{draw: t.do.1.n, is: 7, by: 2}]", settings());
  for (const double n : drawn.column("n")) CHECK(n == 7);
  check_posterior(drawn, drawn.parameter("p"), 9.0 / 15, std::sqrt(9.0 * 6 / (15.0 * 15 * 16)));
  check_evidence(drawn, std::exp(log_choose(10, 7) + log_beta(9, 6) - log_beta(2, 3)));
}

TEST_CASE("what did not happen, and when something came, weigh as they should") {
  const std::string half = with_fixed_rate("0.5");
  for (const auto method : {ConditionMethod::rejection, ConditionMethod::smc}) {
    const auto calm =
        conditioned(half, "[{from: 0, to: 3 days, that: shots == 0}]", settings(method));
    check_evidence(calm, std::exp(-1.5));
    // It forgets: what follows is as from the start.
    const auto& after = calm.column("shots_in_all");
    CHECK(std::abs(test::mean_of(after) - 8.5) <=
          4 * std::sqrt(8.5 / calm.found.told.effective_trials));
    CHECK(std::abs(test::sd_of(after) / std::sqrt(8.5) - 1) < 0.1);

    const auto second = conditioned(
        half, "[{event: shot.fired, number: 2, between: [1 day, 2 days]}]", settings(method));
    const auto later_than = [](double t) { return std::exp(-0.5 * t) * (1 + 0.5 * t); };
    check_evidence(second, later_than(1) - later_than(2));
    // Both ends belong to it.
    const std::string dated =
        "truce: 2\nhorizon: 10\ntriggers: {t: {at: 2}}\noutcomes: {n: {value: t.fired}}\n";
    for (const char* between : {"[2, 3]", "[1, 2]", "[2, 2]"}) {
      CHECK(conditioned(dated, "[{event: t.fired, between: " + std::string(between) + "}]",
                        settings(method))
                .found.told.evidence == 1);
    }
    auto few = settings(method);
    few.at_most = 20'000;
    for (const char* between : {"[2.1, 3]", "[1, 1.9]"}) {
      CHECK_THROWS_AS(
          conditioned(dated, "[{event: t.fired, between: " + std::string(between) + "}]", few),
          analysis::TooFewLeft);
    }
  }
}

TEST_CASE("a fact of a day is read when all of that day's moment has happened") {
  const std::string dated =
      "truce: 2\nhorizon: 10\ntriggers: {t: {at: 2}}\noutcomes: {n: {value: t.fired}}\n";
  CHECK(conditioned(dated, "[{at: 2, that: t.fired == 1}]", settings()).found.told.evidence == 1);
  CHECK(conditioned(dated, "[{at: 1.99, that: t.fired == 0}]", settings()).found.told.evidence ==
        1);
  CHECK(
      conditioned(dated, "[{at: 3, that: since(t.fired) == 1}]", settings()).found.told.evidence ==
      1);
  CHECK(conditioned(dated, "[{at: 10, that: t.fired == 1}]", settings()).found.told.evidence == 1);
}

TEST_CASE("rejection and SMC agree, also on what comes after") {
  const std::string known =
      "[{at: 2, that: shots <= 3}, {at: 5, that: shots >= 6}, {at: 8, that: shots >= 12}]";
  const auto by_rejection = conditioned(shots, known, settings(ConditionMethod::rejection));
  const auto by_smc = conditioned(shots, known, settings(ConditionMethod::smc));
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
    auto one = settings(method);
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
                                  settings(ConditionMethod::smc));
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
    auto few = settings(ConditionMethod::smc);
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
  scenario::Diagnostics diagnostics;
  const auto loaded = scenario::load_text(steps, "steps.yaml", {}, diagnostics);
  REQUIRE(loaded);
  model::SimulatorSettings truth;
  truth.seed = 77;
  truth.parameters = model::ParameterSource::from_priors;
  model::TrialWalk walk(loaded->model, truth);
  model::TrialRecord record;
  std::vector<double> counts(bins, 0);
  const model::VariableId done = loaded->model.levels[model::LevelId{0}].value;
  for (std::size_t i = 0; i < replications; ++i) {
    walk.start(i, record, nullptr);
    const double p = record.drawn.front();
    std::string known = "[";
    for (const double day : {4.5, 8.5, 12.5}) {
      while (walk.next_time() <= day) walk.step();
      known += fmt::format("{{at: {}, that: done == {}}}, ", day, walk.value(done));
    }
    auto its = settings(ConditionMethod::smc);
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
