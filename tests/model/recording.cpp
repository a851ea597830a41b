// The recording form of the interpreter: each draw is handed to a hook before it is used.
#include <string>
#include <utility>
#include <vector>

#include "model/draw_outcomes.hpp"
#include "model/simulator.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"
#include "support/random_scenario.hpp"
#include "support/row_text.hpp"
#include "support/sanitized.hpp"
#include "support/shipped.hpp"
#include "support/trace_text.hpp"

using namespace truce;
using test::loaded;

namespace {

/// Replaces nothing.
class Counting : public model::DrawHook {
 public:
  double on_draw(const model::OfferedDraw& draw) override {
    ++draws;
    return draw.u;
  }
  std::size_t draws = 0;
};

/// What was drawn, as the hook was offered it, beside what the sink was told of it.
class Both : public model::DrawHook, public model::TraceSink {
 public:
  explicit Both(const model::Model& model) : model_(model) {}

  double on_draw(const model::OfferedDraw& draw) override {
    REQUIRE_FALSE(waiting_);
    waiting_ = true;
    offered_ = draw;
    shares_.assign(draw.shares.begin(), draw.shares.end());
    const auto outcomes = model::outcomes_of(draw, 50);
    double sum = 0;
    for (const model::DrawOutcome& outcome : outcomes) {
      CHECK(outcome.from == sum);
      sum = outcome.to;
    }
    if (!outcomes.empty()) CHECK(sum > 1 - 1e-9);
    if (draw.use == model::DrawUse::value) {
      for (const model::DrawOutcome& outcome : outcomes) {
        const double x = draw.value(outcome.inside());
        CHECK(draw.value(outcome.inside(1e-6)) == x);
        CHECK(draw.value(outcome.inside(1 - 1e-6)) == x);
      }
      discrete += outcomes.size() > 1 ? 1 : 0;
    }
    return draw.u;
  }
  void on_draw(const model::Draw& told) override {
    REQUIRE(waiting_);
    waiting_ = false;
    ++draws;
    CHECK(told.stream == model_.streams[offered_.address.stream].name);
    CHECK(told.number == offered_.address.number);
    CHECK(told.time == offered_.time);
    CHECK(told.u == offered_.u);
    switch (offered_.use) {
      case model::DrawUse::chance:
      case model::DrawUse::position:
        CHECK(told.held == model::Held::chance);
        CHECK(told.probability == offered_.probability);
        break;
      case model::DrawUse::choice:
        REQUIRE(told.held == model::Held::choice);
        CHECK(told.probability == Approx(shares_.at(told.chosen)));
        break;
      case model::DrawUse::value:
        CHECK(told.held == model::Held::nothing);
        break;
    }
  }
  void on_event(const model::TraceEvent&) override {}

  std::size_t draws = 0;
  std::size_t discrete = 0;

 private:
  const model::Model& model_;
  model::OfferedDraw offered_;
  std::vector<double> shares_;
  bool waiting_ = false;
};

void check_equal(const model::Model& model, const model::SimulatorSettings& settings,
                 std::uint64_t trial, Counting& hook) {
  model::Simulator simulator(model, settings);
  model::TrialRecord plain;
  model::TrialRecord recorded;
  model::TrialRecord with_sink;
  test::TraceText trace;
  simulator.run(trial, plain);
  simulator.run(trial, recorded, nullptr, &hook);
  CHECK(test::row_text(plain) == test::row_text(recorded));
  simulator.run(trial, with_sink, &trace, &hook);
  CHECK(test::row_text(plain) == test::row_text(with_sink));
  const std::string told = std::exchange(trace.text, {});
  simulator.run(trial, with_sink, &trace);
  CHECK(told == trace.text);
}

}  // namespace

TEST_CASE("with a hook that replaces nothing a trial is that of the plain form") {
  Counting hook;
  constexpr unsigned seeds = test::sanitized ? 60 : 200;
  for (unsigned seed = 0; seed < seeds; ++seed) {
    CAPTURE(seed);
    check_equal(loaded(test::RandomScenario(seed).text()).model, {.seed = seed}, seed % 7, hook);
  }
  CHECK(hook.draws > 50 * seeds);
}

TEST_CASE("so it is with parameters that are drawn") {
  Counting hook;
  const auto scenario = loaded(test::shipped("cairo-three-phase.yaml"));
  for (std::uint64_t trial = 0; trial < 20; ++trial) {
    check_equal(scenario.model, {.parameters = model::ParameterSource::from_priors}, trial, hook);
  }
  CHECK(hook.draws > 1'000);
}

TEST_CASE("what a hook is offered is what a sink is told") {
  std::size_t draws = 0;
  std::size_t discrete = 0;
  constexpr unsigned seeds = test::sanitized ? 40 : 100;
  for (unsigned seed = 0; seed < seeds; ++seed) {
    CAPTURE(seed);
    const scenario::Loaded scenario = loaded(test::RandomScenario(seed).text());
    model::Simulator simulator(scenario.model, {.seed = seed});
    model::TrialRecord record;
    Both both(scenario.model);
    simulator.run(0, record, &both, &both);
    draws += both.draws;
    discrete += both.discrete;
  }
  CHECK(draws > 50 * seeds);
  CHECK(discrete > 3 * seeds);
}
