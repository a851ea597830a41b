// Trials given what is known, against posteriors and evidences that are known exactly.
#include <cmath>

#include "analysis/conditioned.hpp"
#include "support/catch.hpp"
#include "support/statistics.hpp"

using namespace truce;
using analysis::ConditionMethod;
using test::condition_settings;
using test::conditioned;
using test::ConditionedTrials;
using test::shots;
using test::steps;

namespace {

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
                    condition_settings(method));
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
  auto small = condition_settings(ConditionMethod::smc);
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
    const auto trials =
        conditioned(shots, "[{at: 4, that: shots == 9}]", condition_settings(method));
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
    const auto trials =
        conditioned(types, "[{at: 5, that: act.fired == 4}]", condition_settings(method));
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
  const auto trials =
      conditioned(level, "[{at: 2, value: aid, is: 13, sd: 1}]", condition_settings());
  CHECK(trials.found.told.method == "smc");
  check_posterior(trials, trials.parameter("m"), 12.4, std::sqrt(0.8));
  check_evidence(trials, std::exp(-0.5 * 9 / 5) / std::sqrt(2 * 3.14159265358979 * 5));
}

TEST_CASE("known decisions are taken as known, and weigh by their probability") {
  const auto trials = conditioned(steps,
                                  "[{draw: step.chance, number: 1, is: yes, by: 1.5}, "
                                  "{draw: step.chance, number: 3, is: no, by: 3.5}, "
                                  "{draw: step.chance, number: 4, is: no, by: 4.5}]",
                                  condition_settings());
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
  const auto drawn = conditioned(count, "[{draw: t.do.1.n, is: 7, by: 2}]", condition_settings());
  for (const double n : drawn.column("n")) CHECK(n == 7);
  check_posterior(drawn, drawn.parameter("p"), 9.0 / 15, std::sqrt(9.0 * 6 / (15.0 * 15 * 16)));
  check_evidence(drawn, std::exp(log_choose(10, 7) + log_beta(9, 6) - log_beta(2, 3)));
}

TEST_CASE("what did not happen, and when something came, weigh as they should") {
  const std::string half = with_fixed_rate("0.5");
  for (const auto method : {ConditionMethod::rejection, ConditionMethod::smc}) {
    const auto calm =
        conditioned(half, "[{from: 0, to: 3 days, that: shots == 0}]", condition_settings(method));
    check_evidence(calm, std::exp(-1.5));
    // It forgets: what follows is as from the start.
    const auto& after = calm.column("shots_in_all");
    CHECK(std::abs(test::mean_of(after) - 8.5) <=
          4 * std::sqrt(8.5 / calm.found.told.effective_trials));
    CHECK(std::abs(test::sd_of(after) / std::sqrt(8.5) - 1) < 0.1);

    const auto second =
        conditioned(half, "[{event: shot.fired, number: 2, between: [1 day, 2 days]}]",
                    condition_settings(method));
    const auto later_than = [](double t) { return std::exp(-0.5 * t) * (1 + 0.5 * t); };
    check_evidence(second, later_than(1) - later_than(2));
    // Both ends belong to it.
    const std::string dated =
        "truce: 2\nhorizon: 10\ntriggers: {t: {at: 2}}\noutcomes: {n: {value: t.fired}}\n";
    for (const char* between : {"[2, 3]", "[1, 2]", "[2, 2]"}) {
      CHECK(conditioned(dated, "[{event: t.fired, between: " + std::string(between) + "}]",
                        condition_settings(method))
                .found.told.evidence == 1);
    }
    auto few = condition_settings(method);
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
  CHECK(conditioned(dated, "[{at: 2, that: t.fired == 1}]", condition_settings())
            .found.told.evidence == 1);
  CHECK(conditioned(dated, "[{at: 1.99, that: t.fired == 0}]", condition_settings())
            .found.told.evidence == 1);
  CHECK(conditioned(dated, "[{at: 3, that: since(t.fired) == 1}]", condition_settings())
            .found.told.evidence == 1);
  CHECK(conditioned(dated, "[{at: 10, that: t.fired == 1}]", condition_settings())
            .found.told.evidence == 1);
}
