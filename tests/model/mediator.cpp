#include "model/trial/mediator.hpp"

#include "support/catch.hpp"
#include "support/contracts.hpp"
#include "support/mediating.hpp"
#include "support/statistics.hpp"

using namespace truce;
using namespace truce::model;
using test::Mediating;

TEST_CASE("disputes are mediated one after the other by each team, those that come first first") {
  Mediating mediating;
  mediating.settles(1);
  for (int i = 0; i < 4; ++i) mediating.mediator.open(test::over_owed, {});
  CHECK(mediating.open() == 4);
  CHECK(mediating.times(mediating.world.model.dispute_opened) == 4);
  CHECK(mediating.disputes.teams_busy() == 1);
  CHECK(mediating.take() == 5);
  CHECK(mediating.open() == 3);
  CHECK(mediating.settled() == 1);
  mediating.teams(2);
  mediating.mediator.mediate();
  CHECK(mediating.disputes.teams_busy() == 2);
  CHECK(mediating.take() == 10);
  CHECK(mediating.take() == 10);
  CHECK(mediating.take() == 15);
  CHECK(mediating.open() == 0);
  CHECK(mediating.take() == infinity);
}

TEST_CASE(
    "a dispute that is settled raises trust on both sides, and what is short falls due again") {
  Mediating mediating;
  mediating.settles(1);
  Tranche& tranche = mediating.disputed(Fate::short_);
  CHECK(tranche.dispute.valid());
  CHECK(mediating.take() == 5);
  CHECK(mediating.trust(test::one_side) == 1);
  CHECK(mediating.trust(test::other_side) == 2);
  CHECK(mediating.failed() == 0);
  CHECK_FALSE(tranche.dispute.valid());
  CHECK(tranche.count == 4);
  CHECK(tranche.fate == Fate::open);
  CHECK(tranche.stage == Stage::to_fall_due);
  CHECK(mediating.world.agenda.time_of(tranche.slot) == 5);
}

TEST_CASE("one that is not settled is dropped where nothing else is said, and stays short") {
  Mediating mediating;
  mediating.disputed(Fate::short_);
  mediating.take();
  CHECK(mediating.failed() == 1);
  CHECK(mediating.settled() == 0);
  CHECK(mediating.open() == 0);
  CHECK(mediating.trust(test::one_side) == 0);
  CHECK(mediating.tranches.serial_of(TrancheId{0}) == 0);
  CHECK(mediating.ledger.state().left_short == 1);
  CHECK(mediating.drawn(mediating.world.model.obligations[test::owed].streams.unsettled) == 0);
}

TEST_CASE("one that is tried again waits behind the others") {
  Mediating mediating(test::mediated(1, 0, 0));
  const Tranche& tranche = mediating.disputed(Fate::short_);
  mediating.severity() = 2;
  mediating.mediator.open(test::over_shelling, {});
  CHECK(mediating.take() == 5);
  CHECK(mediating.open() == 2);
  CHECK(mediating.failed() == 0);
  CHECK(tranche.dispute.valid());
  mediating.settles(1);
  CHECK(mediating.take() == 7);
  CHECK(tranche.dispute.valid());
  CHECK(mediating.take() == 12);
  CHECK_FALSE(tranche.dispute.valid());
}

TEST_CASE("one that ends the agreement is its cause") {
  for (const BreachSource& source : {test::over_owed, test::over_shelling}) {
    Mediating mediating(test::mediated(0, 0, 1));
    mediating.mediator.open(source, {});
    mediating.take();
    CHECK(mediating.failed() == 1);
    CHECK(mediating.phases.collapsing());
    CHECK(mediating.phases.cause() == source.cause(mediating.world.model));
    CHECK(mediating.open() == 0);
  }
}

TEST_CASE("how often disputes are settled, tried again and dropped is as the weights say") {
  constexpr int times = 20'000;
  constexpr double p = 0.35;
  Mediating mediating(test::mediated(1, 3, 0));
  std::size_t settled = 0, dropped = 0;
  for (int i = 0; i < times; ++i) {
    mediating.settles(p);
    const double before = mediating.settled(), failed_before = mediating.failed();
    mediating.mediator.open(test::over_owed, {});
    mediating.take();
    if (mediating.settled() > before) ++settled;
    if (mediating.failed() > failed_before) ++dropped;
    mediating.settles(1);
    if (mediating.open() > 0) mediating.take();
  }
  test::check_proportion(settled, times, p);
  test::check_proportion(dropped, times, (1 - p) * 0.75);
}

TEST_CASE("a mediation is about an incident as severe as it was") {
  Mediating mediating;
  mediating.settles(1);
  for (const double severity : {3, 4}) {
    mediating.severity() = severity;
    mediating.mediator.open(test::over_shelling, {});
  }
  mediating.severity() = 9;
  CHECK(mediating.take() == 3);
  CHECK(mediating.take() == 7);
  CHECK(mediating.severity() == 9);
}

TEST_CASE("a dispute that is closed, and all that lapse, leave nothing pending") {
  Mediating mediating;
  const Tranche& tranche = mediating.disputed(Fate::short_);
  mediating.mediator.open(test::over_owed, {});
  mediating.mediator.close(tranche.dispute);
  CHECK_FALSE(tranche.dispute.valid());
  CHECK(mediating.open() == 1);
  CHECK(mediating.world.dependencies.take_condition() == mediating.world.model.waits_watcher);
  CHECK(mediating.take() == infinity);
  mediating.mediator.mediate();
  CHECK(mediating.disputes.teams_busy() == 1);
  mediating.mediator.lapse();
  CHECK(mediating.open() == 0);
  CHECK(mediating.disputes.teams_busy() == 0);
  CHECK_FALSE(mediating.disputes.any_on(test::owed));
  CHECK(mediating.settled() + mediating.failed() == 0);
  CHECK(mediating.take() == infinity);
}

TEST_CASE("a tranche and the dispute over it name each other") {
  Mediating mediating;
  Tranche& tranche = mediating.disputed(Fate::short_);
  test::check_broken([&] { mediating.mediator.open(test::over_owed, TrancheId{0}); },
                     "!tranche.valid() || !tranches_[tranche].dispute.valid()");
  test::check_broken(
      [&] {
        tranche.dispute = {};
        mediating.mediator.close(DisputeId{0});
      },
      "!dispute.tranche.valid() || tranches_[dispute.tranche].dispute == id");
}
