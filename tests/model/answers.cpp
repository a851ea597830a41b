#include "model/trial/answers.hpp"

#include "support/catch.hpp"
#include "support/components.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr ObligationId answered{0};
constexpr ObligationId once_seen{1};
constexpr ObligationId once_performed{2};

/// An obligation that two others answer: one three for two, once it is seen to be fulfilled, and
/// one a day after it is performed.
Model exchange() {
  Model model = test::small_model(2, 3);
  const CohortId cohort = test::cohort(model);
  for (Obligation& obligation : model.obligations) {
    obligation.delivery = Delivery::living;
    obligation.cohort = cohort;
  }
  model.obligations[answered].answers = {once_seen, once_performed};
  model.obligations[once_seen].ratio = test::constant(model, 1.5);
  model.obligations[once_performed].upon = Upon::performed;
  model.obligations[once_performed].lag = test::constant(model, 1);
  return model;
}

Tranche of_persons(double seen, double performed) {
  Tranche tranche;
  tranche.obligation = answered;
  tranche.to_answer_seen = seen;
  tranche.to_answer_performed = performed;
  return tranche;
}

}  // namespace

TEST_CASE("an obligation is answered upon what its answers say") {
  test::Components components(exchange());
  const Answers& answers = components.answers;
  CHECK(answers.any(answered, Upon::fulfilled));
  CHECK(answers.any(answered, Upon::performed));
  CHECK_FALSE(answers.any(once_seen, Upon::fulfilled));
  CHECK_FALSE(answers.any(once_performed, Upon::performed));
}

TEST_CASE("a tranche in answer is to all persons that have been joined, each once") {
  test::Components components(exchange());
  Answers& answers = components.answers;
  const Tranches& tranches = components.tranches;
  Tranche a = of_persons(3, 4);
  Tranche b = of_persons(2, 0);
  answers.join(a, Upon::fulfilled);
  answers.join(a, Upon::fulfilled);  // they are joined
  answers.join(b, Upon::fulfilled);
  answers.join(a, Upon::performed);
  CHECK(a.to_answer_seen == 0);
  answers.trigger(answered, Upon::fulfilled);
  const TrancheId first{0};
  CHECK(tranches[first].obligation == once_seen);
  CHECK(tranches[first].count == 8);  // 7.5, of whom there is none
  CHECK(tranches[first].stage == Stage::to_fall_due);
  CHECK(components.world.agenda.time_of(tranches[first].slot) == 0);
  answers.trigger(answered, Upon::performed);
  const TrancheId second{1};
  CHECK(tranches[second].obligation == once_performed);
  CHECK(tranches[second].count == 4);
  CHECK(components.world.agenda.time_of(tranches[second].slot) == 1);
  answers.trigger(answered, Upon::performed);
  CHECK(tranches[TrancheId{2}].count == 0);  // they have been answered
  CHECK(components.ledger.state().not_done == 3);
}

TEST_CASE("an answer may be a count of its own, or effects") {
  Model model = exchange();
  model.obligations[once_seen].count = test::constant(model, 6);
  model.obligations[once_performed].delivery = Delivery::effects;
  test::Components components(model);
  Tranche tranche = of_persons(3, 3);
  components.answers.join(tranche, Upon::fulfilled);
  components.answers.join(tranche, Upon::performed);
  components.answers.trigger(answered, Upon::fulfilled);
  components.answers.trigger(answered, Upon::performed);
  CHECK(components.tranches[TrancheId{0}].count == 6);
  CHECK(components.tranches[TrancheId{1}].count == 1);
  CHECK(components.tranches[TrancheId{1}].owed == Owed::effects);
}

TEST_CASE("what is to be answered lapses, and is restored") {
  test::Components components(exchange());
  Answers& answers = components.answers;
  Tranche tranche = of_persons(2, 0);
  answers.join(tranche, Upon::fulfilled);
  const AnswersState before = answers.state();
  answers.lapse();
  answers.trigger(answered, Upon::fulfilled);
  CHECK(components.tranches[TrancheId{0}].count == 0);
  answers.restore(before);
  answers.trigger(answered, Upon::fulfilled);
  CHECK(components.tranches[TrancheId{1}].count == 3);
  answers.restore(before);
  answers.reset();
  CHECK(answers.state().answerable[once_seen.index()] == 0);
}
