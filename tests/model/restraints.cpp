#include "model/trial/restraints.hpp"

#include "support/catch.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr PartyId side{1};
constexpr ObligationId owed{2};

/// Restraints, alone in a world.
struct Alone {
  World world{test::small_model(2, 3), {}};
  Restraints restraints{world};

  Alone() { world.reset(0, nullptr); }

  /// Takes steps until `day`.
  void pass(double day) {
    for (SlotId slot = world.agenda.first(); world.agenda.time_of(slot) <= day;
         slot = world.agenda.first()) {
      world.agenda.advance(world.agenda.first_time());
      restraints.step(world.agenda.begin(slot).subject.as<RestraintId>());
    }
    world.agenda.advance(day);
  }
  [[nodiscard]] double times(EventId event) const {
    return world.value(world.model.events[event].count);
  }
  [[nodiscard]] const Party& party() const { return world.model.parties[side]; }
  [[nodiscard]] bool any() const { return world.value(world.model.restrained) != 0; }
  /// Whether tranches that wait are to be looked at again; asked once.
  bool frees() { return world.dependencies.take_condition().valid(); }
};

}  // namespace

TEST_CASE("a suspension begins after its notice and ends by itself") {
  Alone alone;
  alone.restraints.impose(RestraintTarget{side}, 3, 2, 0);
  CHECK_FALSE(alone.restraints.suspended(side));
  alone.pass(2);
  CHECK(alone.restraints.suspended(side));
  CHECK_FALSE(alone.restraints.suspended(PartyId{0}));
  CHECK(alone.world.value(alone.party().suspended) == 1);
  CHECK(alone.any());
  CHECK_FALSE(alone.frees());
  alone.pass(5);
  CHECK_FALSE(alone.restraints.suspended(side));
  CHECK(alone.world.value(alone.party().suspended) == 0);
  CHECK_FALSE(alone.any());
  CHECK(alone.frees());
  CHECK(alone.times(alone.party().halted) == 1);
  CHECK(alone.times(alone.party().resumed) == 1);
}

TEST_CASE("a party is halted by the first suspension and resumes with the last") {
  Alone alone;
  alone.restraints.impose(RestraintTarget{side}, 3, 0, 0);
  alone.restraints.impose(RestraintTarget{side}, 5, 0, 0);
  alone.pass(4);
  CHECK(alone.restraints.suspended(side));
  CHECK(alone.times(alone.party().resumed) == 0);
  CHECK(alone.any());
  alone.pass(6);
  CHECK_FALSE(alone.restraints.suspended(side));
  CHECK(alone.times(alone.party().halted) == 1);
  CHECK(alone.times(alone.party().resumed) == 1);
}

TEST_CASE("restraints are lifted by target, by breach, or all") {
  Alone alone;
  Restraints& restraints = alone.restraints;
  restraints.impose(RestraintTarget{owed}, infinity, 0, 7);
  restraints.impose(RestraintTarget{owed}, infinity, 0, 8);
  restraints.impose(RestraintTarget{side}, infinity, 0, 8);
  restraints.lift_over(7);
  CHECK(restraints.held(owed));
  restraints.lift_over(8);
  CHECK_FALSE(restraints.held(owed));
  CHECK_FALSE(restraints.suspended(side));
  restraints.impose(RestraintTarget{owed}, 9, 0, 0);
  restraints.impose(RestraintTarget{side}, 9, 0, 0);
  restraints.lift_all(RestraintTarget{owed});
  CHECK_FALSE(restraints.held(owed));
  CHECK(restraints.suspended(side));
  restraints.lapse();
  CHECK_FALSE(restraints.suspended(side));
  CHECK_FALSE(alone.any());
  CHECK_FALSE(alone.world.agenda.pending(alone.world.agenda.first()));
}

TEST_CASE("one lifted within its notice was never there") {
  Alone alone;
  alone.restraints.impose(RestraintTarget{owed}, 3, 2, 0);
  alone.restraints.lift_all(RestraintTarget{owed});
  alone.pass(10);
  CHECK_FALSE(alone.restraints.held(owed));
  CHECK_FALSE(alone.frees());
  CHECK_FALSE(alone.any());
}
