#include "model/trial/hazards.hpp"

#include <cmath>

#include "support/catch.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr IncidentId incident{0};
constexpr double decay = 0.5;

/// Hazards, alone in a world with one incident, whose rate is a variable.
struct Alone {
  VariableId rate, running;
  World world;
  Hazards hazards{world};

  Alone() : world(model(), {}) { reset(); }

  Model model() {
    Model model = test::small_model(0, 0);
    rate = test::variable(model);
    running = test::variable(model);
    Incident shelling;
    shelling.name = "shelling";
    shelling.stream = model.streams.add({.name = "shelling", .key = {}, .formulas = {}});
    shelling.rate = test::value_of(rate);
    shelling.while_ = test::value_of(running);
    shelling.jump = test::constant(model, 1);
    shelling.decay = test::constant(model, decay);
    model.incidents.add(shelling);
    return model;
  }
  void reset() {
    world.reset(0, nullptr);
    hazards.reset();
    world.set(running, 1);
    hazards.restart(incident);
  }
  void refresh(double per_day) {
    world.set(rate, per_day);
    hazards.refresh({.kind = WatcherKind::incident_rate, .subject = incident});
  }
  /// When it comes, as the agenda has it now, and once it is first.
  [[nodiscard]] double planned() const { return world.agenda.time_of(world.agenda.slot(incident)); }
  double due() {
    const SlotId slot = hazards.first();
    return world.agenda.pending(slot) ? world.agenda.first_time() : infinity;
  }
  [[nodiscard]] double budget() const { return hazards.state().timers[0].budget; }
};

}  // namespace

TEST_CASE("what comes by a rate comes once its budget is used up") {
  Alone alone;
  CHECK(alone.budget() > 0);
  CHECK(alone.due() == infinity);
  alone.refresh(0.5);
  CHECK(alone.due() == alone.budget() / 0.5);
  const double before = alone.budget();
  alone.hazards.restart(incident);
  CHECK(alone.budget() != before);
}

TEST_CASE("one that becomes faster is moved at once, a slower one when it is first") {
  Alone alone;
  alone.refresh(0.5);
  const double day = alone.due();
  alone.world.agenda.advance(day / 2);
  alone.refresh(0.25);
  CHECK(alone.planned() == day);
  CHECK(alone.due() == Approx(day / 2 + day));
  CHECK(alone.planned() == Approx(day / 2 + day));
  alone.refresh(2);
  CHECK(alone.planned() == Approx(day / 2 + day / 8));
  CHECK(alone.due() == alone.planned());
}

TEST_CASE("a rate of 0 and a pause put off for ever what has been used up of the budget") {
  Alone alone;
  alone.refresh(0.5);
  const double day = alone.due();
  alone.world.agenda.advance(day / 2);
  alone.refresh(0);
  CHECK(alone.due() == infinity);
  alone.refresh(0.5);
  CHECK(alone.due() == Approx(day));
  alone.world.set(alone.running, 0);
  alone.refresh(0.5);
  CHECK(alone.due() == infinity);
  alone.world.agenda.advance(7 * day);
  alone.world.set(alone.running, 1);
  alone.refresh(0.5);
  CHECK(alone.due() == Approx(7.5 * day));
}

TEST_CASE("an incident that excites itself comes earlier, and not too early") {
  Alone alone;
  alone.refresh(0.5);
  const double calm = alone.due();
  alone.hazards.excite(incident);
  alone.refresh(0.5);
  CHECK(alone.planned() < calm);
  const double day = alone.due();
  CHECK(day < calm);
  CHECK(day >= alone.hazards.state().timers[0].since);
  CHECK(0.5 * day + 1 / decay * -std::expm1(-decay * day) == Approx(alone.budget()));
}

TEST_CASE("hazards are restored to where they were, and reset to where they begin") {
  Alone alone;
  alone.refresh(0.5);
  const HazardsState before = alone.hazards.state();
  const double day = alone.due();
  alone.hazards.excite(incident);
  alone.hazards.restore(before);
  CHECK(alone.hazards.state().timers[0].excitation == 0);
  CHECK(alone.budget() == day * 0.5);
  alone.hazards.reset();
  CHECK(alone.budget() == 0);
  CHECK_FALSE(alone.hazards.state().timers[0].armed);
  alone.reset();
  alone.refresh(0.5);
  CHECK(alone.due() == day);
}
