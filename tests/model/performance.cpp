#include "model/trial/performance.hpp"

#include "support/catch.hpp"
#include "support/contracts.hpp"
#include "support/performing.hpp"

using namespace truce;
using namespace truce::model;
using test::answer;
using test::gives;
using test::Performing;
using test::works;

namespace {

/// How many are freed of those who are held, where so many are owed and such a share is given.
double freed(double count, double share, double held = 10) {
  Performing performing;
  performing.hold(held);
  performing.performance.perform(performing.underway(gives, count, share));
  return performing.value(performing.of(gives).delivered);
}

}  // namespace

TEST_CASE("who is owed is freed, is delivered, and is seen once the verifier is done") {
  Model model = test::exchange();
  model.obligations[gives].verifier_takes = test::constant(model, 3);
  Performing performing(model);
  performing.world.agenda.advance(2);
  const TrancheId id = performing.underway(gives, 4);
  performing.performance.perform(id);
  const Tranche& tranche = performing.tranches[id];
  CHECK(performing.held() == 6);
  CHECK(performing.times(performing.of(gives).performed) == 1);
  CHECK(performing.value(performing.of(gives).delivered) == 4);
  CHECK(performing.value(performing.of(gives).missing) == 0);
  CHECK(tranche.fate == Fate::full);
  CHECK(tranche.perform_at == 2);
  CHECK(tranche.stage == Stage::seen);
  CHECK(performing.world.agenda.time_of(tranche.slot) == 5);
  CHECK(performing.ledger.kept());
}

TEST_CASE(
    "a part of the persons owed is whole persons, rounded down, and what is short is missing") {
  Performing performing;
  const TrancheId id = performing.underway(gives, 5, 0.5);
  performing.performance.perform(id);
  const Tranche& tranche = performing.tranches[id];
  CHECK(tranche.owes == 5);
  CHECK(tranche.delivered == 2);
  CHECK(tranche.shortfall == 3);
  CHECK(tranche.fate == Fate::short_);
  CHECK(performing.value(performing.of(gives).missing) == 3);
  CHECK_FALSE(performing.ledger.kept());
  CHECK(freed(100, 0.29, 100) == 29);  // 0.29 * 100 is less by a binary fraction
  CHECK(freed(3, 0.99) == 2);
  CHECK(freed(12, 0.5) == 5);  // of those who are held
}

TEST_CASE("more than is owed is freed as far as anybody is held") {
  CHECK(freed(4, 1.25) == 5);
  CHECK(freed(3, 1.5) == 5);  // the nearest whole number
  CHECK(freed(8, 1.5) == 10);
  Performing performing;
  const TrancheId id = performing.underway(gives, 0, 1.1);
  performing.tranches[id].owed = Owed::all;
  performing.performance.perform(id);
  CHECK(performing.held() == 0);
  CHECK(performing.tranches[id].owes == 10);
  CHECK(performing.tranches[id].shortfall == 0);
}

TEST_CASE("what is delivered is full from its tolerance on, of what is owed") {
  for (const double count : {1, 2, 3, 4, 5}) {
    Model model = test::exchange();
    model.obligations[gives].tolerance = test::constant(model, 0.6);
    Performing performing(model);
    const TrancheId id = performing.underway(gives, 5, count / 5);
    performing.performance.perform(id);
    CHECK((performing.tranches[id].fate == Fate::full) == (count >= 3));
    CHECK(performing.value(performing.of(gives).missing) == 5 - count);
  }
}

TEST_CASE("binary fractions make no breach") {
  Model model = test::exchange();
  model.obligations[works].tolerance = test::constant(model, 0.1 + 0.2);
  Performing performing(model);
  const TrancheId id = performing.underway(works, 1, 0.3);
  performing.performance.perform(id);
  CHECK(performing.tranches[id].fate == Fate::full);
}

TEST_CASE("a rest that leaves nobody held makes up for what was missing before") {
  for (const bool of_rest : {false, true}) {
    Performing performing;
    performing.performance.perform(performing.underway(gives, 4, 0.5));
    const TrancheId rest = performing.underway(gives, 0);
    performing.tranches[rest].owed = Owed::all;
    performing.tranches[rest].of_rest = of_rest;
    performing.performance.perform(rest);
    CHECK(performing.held() == 0);
    CHECK(performing.value(performing.of(gives).missing) == (of_rest ? 0 : 2));
  }
}

TEST_CASE("a tranche is void where nobody is held any more, and is no breach") {
  Performing performing;
  performing.hold(0);
  const TrancheId id = performing.underway(gives, 4);
  performing.performance.perform(id);
  CHECK(performing.times(performing.of(gives).voided) == 1);
  CHECK(performing.times(performing.of(gives).performed) == 0);
  CHECK(performing.tranches.serial_of(id) == 0);
  CHECK(performing.ledger.kept());
  const TrancheId disputed = performing.underway(gives, 4);
  performing.mediator.open(BreachSource{gives}, disputed);
  performing.performance.perform(disputed);
  CHECK(performing.tranches[disputed].stage == Stage::closed);
  CHECK(performing.tranches[disputed].fate == Fate::void_);
  CHECK(performing.ledger.kept());
}

TEST_CASE("effects act by the weight that is owed and the share of it that is performed") {
  Performing performing;
  const TrancheId half = performing.underway(works, 4, 0.5);
  performing.performance.perform(half);
  CHECK(performing.built() == 2);
  CHECK(performing.signals() == 0);  // which cannot be divided
  CHECK(performing.tranches[half].fate == Fate::short_);
  CHECK(performing.tranches[half].stage == Stage::seen);
  CHECK(performing.value(performing.of(works).delivered) == 2);
  CHECK(performing.value(performing.of(works).missing) == 2);
  performing.performance.perform(performing.underway(works, 4));
  CHECK(performing.built() == 6);
  CHECK(performing.signals() == 1);
  CHECK(performing.times(performing.of(works).performed) == 2);
}

TEST_CASE("a tranche that ends the agreement has been performed, and is seen no more") {
  Model model = test::exchange();
  model.obligations[works].effects =
      test::effect(model, {.kind = EffectKind::end, .subject = EndingId{0}});
  model.obligations[works].answers = {answer};
  Performing performing(model);
  const TrancheId id = performing.underway(works, 1);
  performing.performance.perform(id);
  CHECK(performing.phases.over());
  CHECK(performing.tranches.serial_of(id) == 0);
  CHECK(performing.take() == infinity);  // and not answered
  model.obligations[works].answers = {};
  Performing last(model);
  last.performance.perform(last.underway(works, 1));
  CHECK(last.ledger.kept());
}

TEST_CASE("what is performed is answered at once, or once it is seen to be fulfilled") {
  for (const Upon upon : {Upon::performed, Upon::fulfilled}) {
    const bool at_once = upon == Upon::performed;
    Model model = test::exchange();
    model.obligations[gives].answers = {answer};
    model.obligations[answer].upon = upon;
    Performing performing(model);
    const TrancheId id = performing.underway(gives, 4);
    performing.performance.perform(id);
    CHECK(performing.answering() == (at_once ? 4 : 0));
    CHECK(performing.tranches[id].done == at_once);
    performing.performance.see(id);
    CHECK(performing.answering() == 4);
  }
}

TEST_CASE("a tranche that owes nobody is not performed") {
  Performing performing;
  const TrancheId id = performing.underway(gives, 0);
  test::check_broken([&] { performing.performance.perform(id); }, "owed > 0");
}
