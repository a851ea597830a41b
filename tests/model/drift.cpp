#include "model/trial/drift.hpp"

#include "support/catch.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr LevelId first{0};
constexpr LevelId second{1};

/// Two levels, each of which drifts by what the other is; the second one has bounds.
Model levels(double tick) {
  Model model = test::small_model(0, 0);
  model.tick = test::constant(model, tick);
  const VariableId a = test::variable(model);
  const VariableId b = test::variable(model);
  Level level;
  level.value = a;
  level.drift = test::value_of(b);
  model.drifting.push_back(model.levels.add(level));
  level.value = b;
  level.drift = test::value_of(a);
  level.min = test::constant(model, 0);
  level.max = test::constant(model, 20);
  model.drifting.push_back(model.levels.add(level));
  return model;
}

/// Drift, alone in a world.
struct Alone {
  World world;
  Drift drift{world};

  explicit Alone(const Model& model) : world(model, {}) {
    world.reset(0, nullptr);
    drift.reset();
  }

  [[nodiscard]] double value(LevelId id) const { return world.value(world.model.levels[id].value); }
  void set(LevelId id, double x) { world.set(world.model.levels[id].value, x); }
  void tick() {
    const SlotId slot = world.agenda.first();
    world.agenda.advance(world.agenda.first_time());
    REQUIRE(world.agenda.begin(slot).kind == StepKind::tick);
    drift.tick();
  }
};

}  // namespace

TEST_CASE("levels drift all at once, from what they were, within their bounds") {
  Alone alone(levels(0.5));
  alone.set(first, 8);
  alone.set(second, 4);
  alone.drift.begin();
  alone.tick();
  CHECK(alone.world.now() == 0.5);
  CHECK(alone.value(first) == 10);
  CHECK(alone.value(second) == 8);
  for (int i = 0; i < 5; ++i) alone.tick();
  CHECK(alone.value(second) == 20);
  alone.set(first, -100);
  alone.tick();
  CHECK(alone.value(second) == 0);
}

TEST_CASE("tick n is at n times their distance, to the last bit") {
  Alone alone(levels(0.1));
  alone.drift.begin();
  for (int n = 1; n <= 1000; ++n) {
    alone.tick();
    REQUIRE(alone.world.now() == n * 0.1);
  }
  const DriftState later = alone.drift.state();
  CHECK(later.ticks == 1000);
  alone.world.reset(1, nullptr);
  alone.drift.reset();
  alone.drift.begin();
  alone.tick();
  CHECK(alone.world.now() == 0.1);
  alone.drift.restore(later);
  CHECK(alone.drift.state().ticks == 1000);
}

TEST_CASE("what reads the clock is read again at ticks, which come for that alone too") {
  Model model = test::small_model(0, 0);
  model.dependencies.clock_readers = {{0, 1}};
  Alone alone(model);
  alone.drift.begin();
  alone.tick();
  CHECK(alone.world.now() == 1);  // unless a scenario says something else
  CHECK(alone.world.dependencies.take_condition() == WatcherId{0});
  CHECK(alone.world.agenda.time_of(Agenda::slot(StepKind::tick)) == 2);
}

TEST_CASE("there are no ticks where nothing depends on them, and none without time between") {
  Alone alone(test::small_model(0, 0));
  alone.drift.begin();
  CHECK_FALSE(alone.world.agenda.pending(alone.world.agenda.first()));
  CHECK_THROWS_WITH(Alone(levels(0)), "'tick' must be longer than 0");
}
