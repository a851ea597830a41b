// What becomes of a tranche once the other side looks at it (Performance::see).

#include "support/catch.hpp"
#include "support/performing.hpp"
#include "support/statistics.hpp"

using namespace truce;
using namespace truce::model;
using test::answer;
using test::gives;
using test::Performing;

namespace {

/// How often tranches were found fulfilled and breached.
struct Found {
  double fulfilled, breached;
  bool operator==(const Found&) const = default;
};

Found found(const Performing& performing) {
  return {performing.times(performing.of(gives).fulfilled),
          performing.times(performing.of(gives).breached)};
}

/// A tranche of four persons that has been performed like that.
TrancheId performed(Performing& performing, Fate fate) {
  const TrancheId id = performing.underway(gives, 4);
  Tranche& tranche = performing.tranches[id];
  tranche.stage = Stage::seen;
  tranche.fate = fate;
  tranche.owes = 4;
  tranche.delivered = fate == Fate::full ? 4 : 3;
  return id;
}

/// What is seen by a verifier, to whom these are the chances of what is short, and of what is not.
Model verified(double detects, double false_alarms) {
  Model model = test::exchange();
  Obligation& obligation = model.obligations[gives];
  obligation.verified = true;
  obligation.seen_stream = test::stream(model);
  obligation.detects = test::constant(model, detects);
  obligation.false_alarms = test::constant(model, false_alarms);
  return model;
}

/// A breach is responded to by this alone.
Model answered_by(ResponseKind kind) {
  Model model = test::exchange();
  model.obligations[gives].policy =
      model.policies.add({.responses = {{.kind = kind}}, .weights = {test::constant(model, 1)}});
  model.obligations[gives].cause = model.causes.add("breach");
  return model;
}

}  // namespace

TEST_CASE("what is not verified is seen as it is, and shifts the trust of the other side") {
  Performing performing;
  const TrancheId full = performed(performing, Fate::full);
  performing.performance.see(full);
  CHECK(found(performing) == Found{1, 0});
  CHECK(performing.trust() == 1);
  CHECK(performing.tranches.serial_of(full) == 0);
  CHECK(performing.ledger.kept());
  performing.performance.see(performed(performing, Fate::short_));
  performing.performance.see(performed(performing, Fate::refused));
  CHECK(found(performing) == Found{1, 2});
  CHECK(performing.trust() == -3);
  CHECK(performing.ledger.state().left_short == 2);
}

TEST_CASE("a verifier may overlook what is short, and take alarm at what is not") {
  for (const bool sees : {false, true}) {
    Performing performing(verified(sees ? 1 : 0, sees ? 0 : 1));
    performing.performance.see(performed(performing, Fate::full));
    CHECK(found(performing) == (sees ? Found{1, 0} : Found{0, 1}));
    CHECK(performing.ledger.kept());  // in truth
    performing.performance.see(performed(performing, Fate::short_));
    CHECK(found(performing) == Found{1, 1});
    CHECK_FALSE(performing.ledger.kept());
    CHECK(performing.drawn(performing.of(gives).seen_stream) == 2);
  }
  Model model = verified(0, 0);
  model.obligations[gives].false_alarms = {};
  Performing performing(model);
  performing.performance.see(performed(performing, Fate::full));
  CHECK(found(performing) == Found{1, 0});
  CHECK(performing.drawn(performing.of(gives).seen_stream) == 0);
}

TEST_CASE("breaches are detected, and alarms false, as often as is said") {
  constexpr int times = 20'000;
  Performing performing(verified(0.7, 0.1));
  for (int i = 0; i < times; ++i) performing.performance.see(performed(performing, Fate::short_));
  const Found of_short = found(performing);
  test::check_proportion(static_cast<std::size_t>(of_short.breached), times, 0.7);
  for (int i = 0; i < times; ++i) performing.performance.see(performed(performing, Fate::full));
  const double alarms = found(performing).breached - of_short.breached;
  test::check_proportion(static_cast<std::size_t>(alarms), times, 0.1);
}

TEST_CASE("what is verified is verified by the tranche that it is about") {
  Model model = verified(0, 0);
  model.reads_context = true;
  model.obligations[gives].detects = test::value_of(model.context.missing);
  Performing performing(model);
  performing.performance.see(performed(performing, Fate::short_));  // by one
  CHECK(found(performing) == Found{0, 1});
}

TEST_CASE("one that is in dispute is kept, and any other one that is breached is over") {
  Performing disputing(answered_by(ResponseKind::dispute));
  const TrancheId kept = performed(disputing, Fate::short_);
  disputing.performance.see(kept);
  CHECK(disputing.tranches[kept].stage == Stage::closed);
  CHECK(disputing.tranches[kept].dispute.valid());
  Performing tolerating(answered_by(ResponseKind::tolerate));
  const TrancheId over = performed(tolerating, Fate::short_);
  tolerating.performance.see(over);
  CHECK(tolerating.tranches.serial_of(over) == 0);
}

TEST_CASE("a breach may end the agreement, and its tranche with it") {
  Performing performing(answered_by(ResponseKind::withdraw));
  const TrancheId id = performed(performing, Fate::refused);
  performing.performance.see(id);
  CHECK(performing.phases.collapsing());
  CHECK(performing.tranches.serial_of(id) == 0);
  CHECK(performing.ledger.state().left_short == 0);  // it has lapsed
}

TEST_CASE("one that is overdue is performed after its breach, which that mends") {
  for (const ResponseKind kind : {ResponseKind::suspend, ResponseKind::dispute}) {
    Model model = answered_by(kind);
    model.obligations[gives].answers = {answer};
    Performing performing(model);
    const TrancheId id = performing.underway(gives, 4);
    performing.tranches[id].stage = Stage::overdue;
    performing.performance.breach(id);
    CHECK(performing.tranches[id].stage == Stage::overdue);
    CHECK(performing.restraints.suspended(PartyId{1}) == (kind == ResponseKind::suspend));
    CHECK(performing.disputes.any_on(gives) == (kind == ResponseKind::dispute));
    CHECK(performing.answering() == 0);
    performing.performance.perform(id);
    CHECK(performing.held() == 6);
    CHECK(performing.times(performing.of(gives).remedied) == 1);
    CHECK(found(performing) == Found{0, 1});
    CHECK_FALSE(performing.restraints.suspended(PartyId{1}));
    CHECK_FALSE(performing.disputes.any_on(gives));
    CHECK(performing.answering() == 4);
    CHECK(performing.tranches.serial_of(id) == 0);
  }
}

TEST_CASE("a team that a remedy leaves free takes the next dispute") {
  Performing performing(answered_by(ResponseKind::dispute));
  const TrancheId id = performing.underway(gives, 4);
  performing.tranches[id].stage = Stage::overdue;
  performing.performance.breach(id);
  performing.mediator.open(BreachSource{test::works}, {});
  CHECK(performing.disputes.any_queued());
  performing.performance.perform(id);
  CHECK_FALSE(performing.disputes.any_queued());
}

TEST_CASE("persons of a breach are answered with the next ones that are fulfilled") {
  Model model = test::exchange();
  model.obligations[gives].answers = {answer};
  Performing performing(model);
  for (const double share : {0.5, 1.0}) {
    const TrancheId id = performing.underway(gives, 4, share);
    performing.performance.perform(id);
    performing.performance.see(id);
    CHECK(performing.answering() == (share < 1 ? 0 : 6));
  }
}
