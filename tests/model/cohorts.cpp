#include "model/trial/cohorts.hpp"

#include "support/catch.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

/// Two cohorts, alone in a world: seven living and two dead, and nobody.
struct Alone {
  CohortId a, b;
  World world;
  Cohorts cohorts{world};

  Alone() : world(model(a, b), {}) {
    world.reset(0, nullptr);
    world.set(world.model.cohorts[a].living_now, 7);
    world.set(world.model.cohorts[a].remains_now, 2);
  }

  static Model model(CohortId& a, CohortId& b) {
    Model model = test::small_model(0, 0);
    a = test::cohort(model);
    b = test::cohort(model);
    return model;
  }
  [[nodiscard]] double of(CohortId id, VariableId Cohort::*variable) const {
    return world.value(world.model.cohorts[id].*variable);
  }
  [[nodiscard]] double times(CohortId id, EventId Cohort::*event) const {
    return world.value(world.model.events[world.model.cohorts[id].*event].count);
  }
};

}  // namespace

TEST_CASE("those who are freed are held no more, living or not") {
  Alone alone;
  alone.cohorts.free_persons(alone.a, Delivery::living, 3);
  CHECK(alone.cohorts.held(alone.a, Delivery::living) == 4);
  CHECK(alone.of(alone.a, &Cohort::freed) == 3);
  CHECK(alone.of(alone.a, &Cohort::returned) == 0);
  alone.cohorts.free_persons(alone.a, Delivery::remains, 2);
  CHECK(alone.cohorts.held(alone.a, Delivery::remains) == 0);
  CHECK(alone.of(alone.a, &Cohort::returned) == 2);
  CHECK(alone.of(alone.a, &Cohort::freed) == 3);
  CHECK(alone.times(alone.a, &Cohort::release) == 2);
  alone.cohorts.free_persons(alone.a, Delivery::living, 4);
  CHECK(alone.cohorts.held(alone.a, Delivery::living) == 0);
}

TEST_CASE("who dies is held on, and counted") {
  Alone alone;
  alone.cohorts.die(alone.a);
  CHECK(alone.of(alone.a, &Cohort::living_now) == 6);
  CHECK(alone.of(alone.a, &Cohort::remains_now) == 3);
  CHECK(alone.of(alone.a, &Cohort::died) == 1);
  CHECK(alone.times(alone.a, &Cohort::death) == 1);
  CHECK(alone.of(alone.b, &Cohort::died) == 0);
}

TEST_CASE("who is captured is held, and who is transferred is held elsewhere") {
  Alone alone;
  alone.cohorts.capture(alone.b, 5);
  CHECK(alone.of(alone.b, &Cohort::living_now) == 5);
  CHECK(alone.of(alone.b, &Cohort::captured) == 5);
  CHECK(alone.times(alone.b, &Cohort::capture) == 1);
  alone.cohorts.transfer(alone.a, alone.b, Delivery::living, 3);
  alone.cohorts.transfer(alone.a, alone.b, Delivery::remains, 2);
  CHECK(alone.of(alone.a, &Cohort::living_now) == 4);
  CHECK(alone.of(alone.a, &Cohort::remains_now) == 0);
  CHECK(alone.of(alone.b, &Cohort::living_now) == 8);
  CHECK(alone.of(alone.b, &Cohort::remains_now) == 2);
  CHECK(alone.of(alone.b, &Cohort::captured) == 5);
  alone.cohorts.transfer(alone.b, alone.b, Delivery::living, 8);
  CHECK(alone.of(alone.b, &Cohort::living_now) == 8);
}

TEST_CASE("nobody is no event") {
  Alone alone;
  alone.cohorts.free_persons(alone.a, Delivery::living, 0);
  alone.cohorts.free_persons(alone.b, Delivery::remains, 0);
  alone.cohorts.capture(alone.a, 0);
  alone.cohorts.transfer(alone.b, alone.a, Delivery::living, 0);
  CHECK(alone.times(alone.a, &Cohort::release) == 0);
  CHECK(alone.times(alone.b, &Cohort::release) == 0);
  CHECK(alone.times(alone.a, &Cohort::capture) == 0);
  CHECK(alone.of(alone.a, &Cohort::living_now) == 7);
}
