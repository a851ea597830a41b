#include "model/trial/agenda.hpp"

#include <vector>

#include "support/catch.hpp"

using namespace truce::model;

namespace {

Model two_incidents_and_talks() {
  Model model;
  model.incidents.add({});
  model.incidents.add({});
  model.triggers.add({});
  model.cohorts.add({});
  model.talks.add({});
  return model;
}

/// Takes all steps in their order.
std::vector<StepKind> kinds(Agenda& agenda) {
  std::vector<StepKind> order;
  for (SlotId slot = agenda.first(); agenda.pending(slot); slot = agenda.first()) {
    agenda.advance(agenda.first_time());
    order.push_back(agenda.begin(slot).kind);
  }
  return order;
}

}  // namespace

TEST_CASE("the slots that are always there stand for one step each") {
  const Agenda agenda(two_incidents_and_talks());
  CHECK(agenda.timers() == 4);
  const SlotId incident = agenda.slot(IncidentId{1});
  CHECK(agenda.fixed(incident));
  CHECK(agenda.step(incident).kind == StepKind::incident);
  CHECK(agenda.step(incident).subject.as<IncidentId>() == IncidentId{1});
  CHECK(Agenda::timer_of(incident) == 1);
  CHECK(agenda.step(agenda.slot(TriggerId{0})).kind == StepKind::trigger);
  CHECK(agenda.step(agenda.slot(CohortId{0})).kind == StepKind::mortality);
  CHECK(agenda.step(agenda.slot(TalksId{0})).kind == StepKind::talks_step);
  CHECK(agenda.step(agenda.deadline(TalksId{0})).kind == StepKind::talks_deadline);
  CHECK(Agenda::timer_of(agenda.slot(TalksId{0})) >= agenda.timers());
  CHECK(Agenda::timer_of(Agenda::slot(StepKind::horizon)) >= agenda.timers());
  CHECK_FALSE(agenda.pending(incident));
}

TEST_CASE("steps begin by time, then by rank, then in the order of scheduling") {
  Agenda agenda(two_incidents_and_talks());
  agenda.schedule_fixed(Agenda::slot(StepKind::horizon), 5, Agenda::Rank::horizon);
  agenda.schedule_fixed(Agenda::slot(StepKind::phase_limit), 5, Agenda::Rank::limit);
  const auto order = agenda.reserve();
  agenda.schedule({.kind = StepKind::mediation}, 5);
  agenda.schedule({.kind = StepKind::restraint}, 4);
  agenda.schedule_fixed(Agenda::slot(StepKind::tick), 5, Agenda::Rank::tick);
  agenda.schedule_due(5, order);
  CHECK(kinds(agenda) == std::vector{StepKind::restraint, StepKind::tick, StepKind::due,
                                     StepKind::mediation, StepKind::phase_limit,
                                     StepKind::horizon});
  CHECK(agenda.now() == 5);
}

TEST_CASE("slots are lent, come back, and there are always more") {
  Agenda agenda(two_incidents_and_talks());
  SlotId slot = agenda.schedule({.kind = StepKind::tranche, .subject = TrancheId{7}}, 1);
  const SlotId first = slot;
  CHECK_FALSE(agenda.fixed(slot));
  CHECK(agenda.step(slot).subject.as<TrancheId>() == TrancheId{7});
  agenda.cancel(slot);
  CHECK_FALSE(slot.valid());
  CHECK_FALSE(agenda.pending(first));
  agenda.cancel(slot);  // nothing
  const std::size_t before = agenda.state().steps.size();
  for (std::size_t i = 0; i < 2 * before; ++i) {
    agenda.schedule({.kind = StepKind::tranche, .subject = TrancheId{i}}, 1);
  }
  CHECK(agenda.state().steps.size() > before);
  for (std::size_t i = 0; i < 2 * before; ++i) {
    const SlotId next = agenda.first();
    REQUIRE(agenda.begin(next).subject.as<TrancheId>() == TrancheId{i});
  }
  CHECK_FALSE(agenda.pending(agenda.first()));
}

TEST_CASE("an agenda restored to when it was smaller is whole, also after a reset") {
  Agenda agenda(two_incidents_and_talks());
  agenda.schedule({.kind = StepKind::mediation}, 3);
  const AgendaState small = agenda.state();
  for (int i = 0; i < 100; ++i) agenda.schedule({.kind = StepKind::tranche}, 2);
  agenda.reset();
  agenda.restore(small);
  CHECK(agenda.time_of(agenda.first()) == 3);
  agenda.reset();
  CHECK_FALSE(agenda.pending(agenda.first()));
  for (int i = 0; i < 100; ++i) agenda.schedule({.kind = StepKind::tranche}, 2);
  CHECK(kinds(agenda).size() == 100);
}
