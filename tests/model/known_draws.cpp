// Draws that are replaced by their addresses, or taken as known.
#include "model/known_draws.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "model/simulator.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"

using namespace truce;
using test::loaded;

namespace {

model::StreamId stream_named(const model::Model& model, const std::string& name) {
  for (const model::StreamId id : model.streams.ids()) {
    if (model.streams[id].name == name) return id;
  }
  FAIL("no stream " << name);
  return {};
}

// Three chances of 0.3, a count of 2 chances of 0.25, a wait, and a choice of three.
const char* const few_draws = R"yaml(
truce: 2
horizon: 10
parties: {a: {role: principal}, b: {role: principal}}
cohorts: {guests: {held_by: a, living: 100}}
levels: {n: {initial: "binomial(2, 0.25)"}, hits: 0, w: {initial: "uniform(2, 6)"}}
triggers:
  try: {every: 1, while: time < 3.5, chance: 0.3, do: [{add: {hits: 1}}]}
responses: {react: {tolerate: 1, suspend: {weight: 3, for: 1}, withdraw: 4}}
phases:
  only:
    lasts: 9
    obligations:
      give: {by: a, release: guests, due: [{day: 5, count: 1}], comply: 0, breach: react}
outcomes:
  hits: {value: hits}
  n: {value: n}
  w: {value: w}
  halted: {value: b.halted}
)yaml";

struct Fixture {
  scenario::Loaded scenario = loaded(few_draws);
  model::Simulator simulator{scenario.model, {.seed = 3}};
  model::KnownDraws known;
  model::TrialRecord record;

  model::DrawAddress at(const std::string& stream, std::uint32_t number = 0) {
    return {stream_named(scenario.model, stream), number};
  }
  void run(std::uint64_t trial = 0) {
    known.begin();
    simulator.run(trial, record, nullptr, &known);
  }
  double operator[](const std::string& name) {
    for (std::size_t i = 0; i < scenario.model.columns.size(); ++i) {
      if (scenario.model.columns[i].name == name) return record.columns[i];
    }
    FAIL("no column " << name);
    return 0;
  }
};

}  // namespace

TEST_CASE("a draw is replaced by its address, and no other") {
  Fixture f;
  for (std::uint64_t trial = 0; trial < 20; ++trial) {
    f.known.clear();
    f.run(trial);
    CHECK(f.known.met() == 0);
    const double n = f["n"];
    const double hits = f["hits"];
    f.known.replace(f.at("w"), 0.25);
    f.run(trial);
    CHECK(f.known.met() == 1);
    CHECK(f["w"] == Approx(3));
    CHECK(f["n"] == n);
    CHECK(f["hits"] == hits);
    for (const std::uint32_t k : {0U, 1U, 2U}) f.known.replace(f.at("try.chance", k), 0.29);
    f.run(trial);
    CHECK(f["hits"] == 3);
    f.known.replace(f.at("try.chance", 1), 0.31);
    f.known.replace(f.at("try.chance", 3), 0.31);  // is never drawn
    f.run(trial);
    CHECK(f["hits"] == 2);
    CHECK(f.known.met() == 4);
    CHECK(f.known.log_probability() == 0);
  }
}

TEST_CASE("outcomes that are known report their probability") {
  Fixture f;
  f.known.know(f.at("try.chance", 0), 0);
  f.known.know(f.at("try.chance", 1), 1);
  f.run();
  CHECK(f.known.log_probability() == Approx(std::log(0.3 * 0.7)));
  CHECK(f["hits"] >= 1);
  CHECK(f["hits"] <= 2);

  // All outcomes of a count: 0.75^2, 2 * 0.75 * 0.25, 0.25^2.
  const std::vector<double> counts = {0.5625, 0.375, 0.0625};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    f.known.clear();
    f.known.know(f.at("n"), i);
    f.run();
    CHECK(f.known.log_probability() == Approx(std::log(counts[i])));
    CHECK(f["n"] == static_cast<double>(i));
  }
  // And of a choice.
  const std::vector<double> weights = {1, 3, 4};
  for (std::size_t i = 0; i < weights.size(); ++i) {
    f.known.clear();
    f.known.know(f.at("give.response"), i);
    f.run();
    CHECK(f.known.log_probability() == Approx(std::log(weights[i] / 8)));
    CHECK((f["ending"] == static_cast<double>(f.scenario.model.collapsed_ending.index())) ==
          (i == 2));
  }
}

TEST_CASE("where in its part a known outcome falls is as drawn") {
  // The mean of w, given no other knowledge, is that of the whole range.
  Fixture f;
  f.known.know(f.at("n"), 1);
  double sum = 0;
  constexpr int trials = 4000;
  for (int trial = 0; trial < trials; ++trial) {
    f.run(static_cast<std::uint64_t>(trial));
    sum += f["w"];
    REQUIRE(f["n"] == 1);
  }
  const double se = 4 / std::sqrt(12.0 * trials);
  CHECK(std::abs(sum / trials - 4) < 4 * se);
}

TEST_CASE("what cannot come about has no probability") {
  Fixture f;
  f.known.know(f.at("give.comply"), 0);  // with probability 0
  f.run();
  CHECK(f.known.log_probability() == -std::numeric_limits<double>::infinity());
  f.known.clear();
  f.known.know(f.at("n"), 3);
  f.run();
  CHECK(f.known.log_probability() == -std::numeric_limits<double>::infinity());
  f.known.clear();
  f.known.know(f.at("give.comply"), 1);
  f.run();
  CHECK(f.known.log_probability() == 0);
}
