// What follows where the mediator settles a dispute over a tranche.

#include "support/catch.hpp"
#include "support/mediating.hpp"

using namespace truce;
using namespace truce::model;
using test::Mediating;

TEST_CASE("a refused rest is owed to those who were held, and all of one that is overdue") {
  Mediating mediating;
  mediating.settles(1);
  Tranche& rest = mediating.disputed(Fate::refused);
  rest.owed = Owed::all;
  mediating.take();
  CHECK(rest.owed == Owed::count);
  CHECK(rest.count == 4);
  mediating.tranches.lapse();
  Tranche& overdue = mediating.disputed(Fate::open);
  overdue.stage = Stage::overdue;
  mediating.tranches.schedule(TrancheId{0}, 50);
  mediating.take();
  CHECK(overdue.count == 10);
  CHECK(overdue.stage == Stage::to_fall_due);
  CHECK(mediating.world.agenda.time_of(overdue.slot) == 10);
}

TEST_CASE("what nobody is short of, or is left for, does not fall due again") {
  Mediating mediating;
  mediating.settles(1);
  mediating.disputed(Fate::short_).shortfall = 0;
  mediating.take();
  CHECK(mediating.times(mediating.world.model.obligations[test::owed].fulfilled) == 1);
  mediating.disputed(Fate::void_);
  mediating.take();
  CHECK(mediating.times(mediating.world.model.obligations[test::owed].fulfilled) == 1);
  CHECK(mediating.tranches.serial_of(TrancheId{0}) == 0);
  CHECK(mediating.take() == infinity);
}
