// Control variates of streams: what they are by the draws that a hook is offered, and that they are
// fair.
#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "model/simulator.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"
#include "support/random_scenario.hpp"
#include "support/shipped.hpp"

using namespace truce;
using test::loaded;

namespace {

model::SimulatorSettings all_streams(const model::Model& model) {
  model::SimulatorSettings settings{.seed = 5};
  for (std::uint32_t i = 0; i < model.streams.size(); ++i) settings.controls.emplace_back(i);
  return settings;
}

/// The same sums, of what is offered.
class Summing : public model::DrawHook {
 public:
  double on_draw(const model::OfferedDraw& draw) override {
    double& sum = sums[draw.address.stream.index()];
    switch (draw.use) {
      case model::DrawUse::chance:
      case model::DrawUse::position:
        sum += (draw.u < draw.probability ? 1 : 0) - draw.probability;
        break;
      case model::DrawUse::choice: {
        const double last = draw.shares.back();
        const bool certain = std::ranges::find(draw.shares, 1.0) != draw.shares.end();
        if (last > 0) {
          sum += (1 - draw.u < last ? 1 : 0) - last;
        } else if (!certain) {
          sum += draw.u - 0.5;
        }
        break;
      }
      case model::DrawUse::value:
        sum += draw.u - 0.5;
        break;
    }
    return draw.u;
  }
  std::map<std::size_t, double> sums;
};

void require_as_offered(const model::Model& model, std::uint64_t trials) {
  model::Simulator simulator(model, all_streams(model));
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    model::TrialRecord plain;
    model::TrialRecord recorded;
    Summing hook;
    try {
      simulator.run(trial, plain);
      simulator.run(trial, recorded, nullptr, &hook);
    } catch (const model::TrialError&) {
      continue;
    }
    REQUIRE(plain.controls == recorded.controls);
    for (std::size_t i = 0; i < plain.controls.size(); ++i) {
      INFO(model.streams[model::StreamId(static_cast<std::uint32_t>(i))].name);
      REQUIRE(std::abs(plain.controls[i] - hook.sums[i]) < 1e-9);
    }
  }
}

}  // namespace

TEST_CASE("a stream's control variate sums up what its draws were less what was to be expected") {
  for (const char* name : {"neutral-a-b.yaml", "cairo-three-phase.yaml"}) {
    INFO(name);
    require_as_offered(loaded(test::shipped(name)).model, 50);
  }
  for (unsigned seed = 0; seed < 60; ++seed) {
    INFO(seed);
    require_as_offered(loaded(test::RandomScenario(seed).text()).model, 4);
  }
}

TEST_CASE("control variates have the expectation 0") {
  constexpr std::uint64_t trials = 20'000;
  constexpr double standard_errors = 4.8;
  const scenario::Loaded neutral = loaded(test::shipped("neutral-a-b.yaml"));
  model::Simulator simulator(neutral.model, all_streams(neutral.model));
  const std::size_t streams = neutral.model.streams.size();
  std::vector<double> sum(streams), squares(streams);
  model::TrialRecord record;
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    simulator.run(trial, record);
    for (std::size_t i = 0; i < streams; ++i) {
      sum[i] += record.controls[i];
      squares[i] += record.controls[i] * record.controls[i];
    }
  }
  std::size_t moving = 0;
  for (std::size_t i = 0; i < streams; ++i) {
    if (squares[i] == 0) continue;  // never drawn from
    ++moving;
    INFO(neutral.model.streams[model::StreamId(static_cast<std::uint32_t>(i))].name);
    CHECK(std::abs(sum[i]) < standard_errors * std::sqrt(squares[i]));
  }
  CHECK(moving > 15);
}
