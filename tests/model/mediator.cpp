#include "model/trial/mediator.hpp"

#include "support/catch.hpp"
#include "support/components.hpp"
#include "support/contracts.hpp"
#include "support/small_model.hpp"
#include "support/statistics.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr PartyId a{0};
constexpr PartyId b{1};
constexpr ObligationId owed{0};
constexpr IncidentId shelling{0};
const BreachSource over_owed{owed};
const BreachSource over_shelling{shelling};

/// What a owes b, and what a does to b. Mediation takes 5 days over the one, and over the other as
/// many as it is severe. How many teams there are, and how likely they settle a dispute, are
/// variables.
Model mediated() {
  Model model = test::small_model(2, 1);
  model.reads_context = true;
  test::endings(model);
  for (const PartyId party : model.parties.ids()) {
    test::trust(model, party);
    model.parties[party].on_settled = test::constant(model, party == a ? 1 : 2);
  }
  Obligation& obligation = model.obligations[owed];
  obligation.by = a;
  obligation.to = b;
  obligation.streams = test::breach_streams(model);
  obligation.mediation_takes = test::constant(model, 5);
  obligation.cause = model.causes.add("breach");
  Incident& incident = model.incidents[test::incident(model)];
  incident.by = a;
  incident.to = b;
  incident.streams = test::breach_streams(model);
  incident.mediation_takes = test::value_of(model.context.severity);
  incident.cause = model.causes.add("shelling");
  model.mediation.teams = test::value_of(test::variable(model));
  model.mediation.settles = test::value_of(test::variable(model));
  return model;
}

/// The same, where these weights say what comes of a mediation that settles nothing.
Model mediated(double retry, double drop, double withdraw) {
  Model model = mediated();
  model.mediation.unsettled = {test::constant(model, retry), test::constant(model, drop),
                               test::constant(model, withdraw)};
  return model;
}

/// The mediator, with one team, among the other components.
struct Mediating : test::Components {
  explicit Mediating(const Model& model = mediated()) : Components(model) { teams(1); }

  void teams(double count) { world.set(test::variable_of(world.model.mediation.teams), count); }
  void settles(double p) { world.set(test::variable_of(world.model.mediation.settles), p); }
  double& severity() { return world.numbers.value(world.model.context.severity); }
  [[nodiscard]] double open() const { return value(world.model.disputes_open); }
  [[nodiscard]] double settled() const { return times(world.model.dispute_settled); }
  [[nodiscard]] double failed() const { return times(world.model.dispute_failed); }
  [[nodiscard]] double trust(PartyId id) const {
    return value(world.model.levels[world.model.parties[id].trust].value);
  }
  /// A tranche of ten that has been breached, in dispute; four are short.
  Tranche& disputed(Fate fate) {
    const TrancheId id = tranches.create(owed);
    Tranche& tranche = tranches[id];
    tranche.stage = Stage::closed;
    tranche.fate = fate;
    tranche.count = 10;
    tranche.shortfall = 4;
    mediator.open(over_owed, id);
    return tranche;
  }
};

}  // namespace

TEST_CASE("disputes are mediated one after the other by each team, those that come first first") {
  Mediating mediating;
  mediating.settles(1);
  for (int i = 0; i < 4; ++i) mediating.mediator.open(over_owed, {});
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
  CHECK(mediating.trust(a) == 1);
  CHECK(mediating.trust(b) == 2);
  CHECK(mediating.failed() == 0);
  CHECK_FALSE(tranche.dispute.valid());
  CHECK(tranche.count == 4);
  CHECK(tranche.fate == Fate::open);
  CHECK(tranche.stage == Stage::to_fall_due);
  CHECK(mediating.world.agenda.time_of(tranche.slot) == 5);
}

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
  CHECK(mediating.times(mediating.world.model.obligations[owed].fulfilled) == 1);
  mediating.disputed(Fate::void_);
  mediating.take();
  CHECK(mediating.times(mediating.world.model.obligations[owed].fulfilled) == 1);
  CHECK(mediating.tranches.serial_of(TrancheId{0}) == 0);
  CHECK(mediating.take() == infinity);
}

TEST_CASE("one that is not settled is dropped where nothing else is said, and stays short") {
  Mediating mediating;
  mediating.disputed(Fate::short_);
  mediating.take();
  CHECK(mediating.failed() == 1);
  CHECK(mediating.settled() == 0);
  CHECK(mediating.open() == 0);
  CHECK(mediating.trust(a) == 0);
  CHECK(mediating.tranches.serial_of(TrancheId{0}) == 0);
  CHECK(mediating.ledger.state().left_short == 1);
  CHECK(mediating.drawn(mediating.world.model.obligations[owed].streams.unsettled) == 0);
}

TEST_CASE("one that is tried again waits behind the others") {
  Mediating mediating(mediated(1, 0, 0));
  const Tranche& tranche = mediating.disputed(Fate::short_);
  mediating.severity() = 2;
  mediating.mediator.open(over_shelling, {});
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
  for (const BreachSource& source : {over_owed, over_shelling}) {
    Mediating mediating(mediated(0, 0, 1));
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
  Mediating mediating(mediated(1, 3, 0));
  std::size_t settled = 0, dropped = 0;
  for (int i = 0; i < times; ++i) {
    mediating.settles(p);
    const double before = mediating.settled(), failed_before = mediating.failed();
    mediating.mediator.open(over_owed, {});
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
    mediating.mediator.open(over_shelling, {});
  }
  mediating.severity() = 9;
  CHECK(mediating.take() == 3);
  CHECK(mediating.take() == 7);
  CHECK(mediating.severity() == 9);
}

TEST_CASE("a dispute that is closed, and all that lapse, leave nothing pending") {
  Mediating mediating;
  const Tranche& tranche = mediating.disputed(Fate::short_);
  mediating.mediator.open(over_owed, {});
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
  CHECK_FALSE(mediating.disputes.any_on(owed));
  CHECK(mediating.settled() + mediating.failed() == 0);
  CHECK(mediating.take() == infinity);
}

TEST_CASE("a tranche and the dispute over it name each other") {
  Mediating mediating;
  Tranche& tranche = mediating.disputed(Fate::short_);
  test::check_broken([&] { mediating.mediator.open(over_owed, TrancheId{0}); },
                     "!tranche.valid() || !tranches_[tranche].dispute.valid()");
  test::check_broken(
      [&] {
        tranche.dispute = {};
        mediating.mediator.close(DisputeId{0});
      },
      "!dispute.tranche.valid() || tranches_[dispute.tranche].dispute == id");
}
