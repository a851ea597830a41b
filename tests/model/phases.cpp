#include "model/trial/phases.hpp"

#include "support/catch.hpp"
#include "support/components.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr PhaseId first{0};
constexpr PhaseId second{1};
constexpr CauseId cause{1};
constexpr EndingId horizon{0};
constexpr EndingId collapsed{1};
constexpr EndingId completed{2};
constexpr EndingId incomplete{3};

/// Two phases: the first one lasts 30 days, the second for ever.
Model agreement() {
  Model model = test::small_model(1, 1);
  for (int i = 0; i < 2; ++i) test::phase(model);
  model.phases[first].lasts = test::constant(model, 30);
  test::endings(model);
  model.causes.add("shelling");
  return model;
}

/// Phases, among the other components.
struct Course : test::Components {
  explicit Course(const Model& model = agreement()) : Components(model) {}

  [[nodiscard]] double active(PhaseId id) const {
    return world.value(world.model.phases[id].active);
  }
  using Components::times;
  [[nodiscard]] double times(EventId Phase::*event, PhaseId id) const {
    return Components::times(world.model.phases[id].*event);
  }
  [[nodiscard]] double limit() const {
    return world.agenda.time_of(Agenda::slot(StepKind::phase_limit));
  }
  /// Time passes up to the phase's limit, which has come.
  void pass() {
    const SlotId slot = world.agenda.first();
    world.agenda.advance(world.agenda.first_time());
    REQUIRE(world.agenda.begin(slot).kind == StepKind::phase_limit);
    phases.rule();
  }
};

}  // namespace

TEST_CASE("at most one phase is active, and each beginning is a run of its own") {
  Course course;
  CHECK_FALSE(course.phases.active().valid());
  course.phases.begin(first);
  const std::uint32_t run = course.phases.run();
  CHECK(course.active(first) == 1);
  CHECK(course.phases.goes_on(run));
  CHECK(course.limit() == 30);
  course.world.agenda.advance(7);
  course.phases.begin(second);
  CHECK(course.active(first) == 0);
  CHECK(course.active(second) == 1);
  CHECK(course.world.value(course.world.model.active) == 1);
  CHECK(course.world.value(course.world.model.phases[second].began) == 7);
  CHECK_FALSE(course.phases.goes_on(run));
  CHECK(course.limit() == infinity);
  course.phases.begin(first);
  CHECK_FALSE(course.phases.goes_on(run));
  CHECK(course.limit() == 37);
  CHECK(course.times(&Phase::started, first) == 2);
  CHECK(course.times(&Phase::ended, first) == 1);
}

TEST_CASE("a phase without rules is followed by the next one, and the last by the end") {
  Course course;
  course.phases.begin(first);
  course.pass();
  CHECK(course.phases.active() == second);
  CHECK(course.world.now() == 30);
  course.phases.rule();
  CHECK(course.phases.ending() == completed);
  CHECK(course.phases.ended_at() == 30);
  CHECK_FALSE(course.phases.active().valid());
  CHECK(course.world.value(course.world.model.active) == 0);
  CHECK(course.world.value(course.world.model.over) == 1);
  CHECK_FALSE(course.phases.stopped());
}

TEST_CASE("an agreement of which something is left undone is incomplete") {
  Course course;
  course.phases.begin(second);
  course.ledger.expect();
  course.phases.rule();
  CHECK(course.phases.ending() == incomplete);
}

TEST_CASE("the first rule that applies decides, and a phase ends where it decides nothing else") {
  Model model = agreement();
  const VariableId hold_on = test::variable(model);
  const Range extend =
      test::effect(model, {.kind = EffectKind::extend, .value = test::constant(model, 10)});
  model.phases[first].rules.push_back({.condition = test::value_of(hold_on), .effects = extend});
  model.phases[first].rules.push_back({});
  Course course(model);
  course.world.set(hold_on, 1);
  course.phases.begin(first);
  course.pass();
  CHECK(course.phases.active() == first);
  CHECK(course.limit() == 40);
  course.world.set(hold_on, 0);
  course.pass();
  CHECK_FALSE(course.phases.active().valid());
  CHECK_FALSE(course.phases.over());
  CHECK(course.times(&Phase::ended, first) == 1);
  CHECK(course.times(&Phase::started, second) == 0);
}

TEST_CASE("a phase that is extended from outside lasts longer, if it has a limit") {
  Course course;
  course.phases.extend(5);  // there is none
  CHECK(course.limit() == infinity);
  course.phases.begin(first);
  course.world.agenda.advance(20);
  course.phases.extend(5);
  CHECK(course.limit() == 35);
  course.phases.begin(second);
  course.phases.extend(5);
  CHECK(course.limit() == infinity);
}

TEST_CASE("a collapse ends the phase at once, and leaves nothing pending") {
  Course course;
  course.phases.begin(first);
  course.tranches.fall_due_later(course.tranches.create(ObligationId{0}), 3);
  course.restraints.impose(RestraintTarget{PartyId{0}}, 9, 0, 0);
  course.mediator.open(BreachSource{ObligationId{0}}, {});
  course.phases.collapse(cause);
  CHECK(course.phases.collapsing());
  CHECK_FALSE(course.phases.active().valid());
  CHECK_FALSE(course.world.agenda.pending(course.world.agenda.first()));
  CHECK(course.world.value(course.world.model.disputes_open) == 0);
  CHECK_FALSE(course.ledger.kept());
  course.phases.collapse(CauseId{0});  // it has
  CHECK(course.times(course.world.model.collapsed) == 1);
  CHECK_FALSE(course.phases.over());
  course.phases.conclude_collapse();
  CHECK(course.phases.ending() == collapsed);
  CHECK(course.phases.cause() == cause);
  CHECK_FALSE(course.phases.collapsing());
}

TEST_CASE("an agreement may go on after a collapse, whose cause stays that of the first") {
  Model model = agreement();
  model.after_collapse = AfterCollapse::go_on;
  Course course(model);
  course.phases.begin(first);
  course.phases.collapse(cause);
  course.phases.conclude_collapse();
  CHECK_FALSE(course.phases.over());
  course.phases.begin(second);
  course.phases.collapse(CauseId{0});
  CHECK(course.times(course.world.model.collapsed) == 2);
  CHECK(course.phases.cause() == cause);
}

TEST_CASE("the first ending counts, and the horizon is one where there was none") {
  Course course;
  course.phases.begin(first);
  course.world.agenda.advance(3);
  course.phases.end(completed);
  course.phases.end(incomplete);
  course.phases.stop();
  CHECK(course.phases.ending() == completed);
  CHECK(course.phases.ended_at() == 3);
  CHECK(course.phases.stopped());
  Course endless;
  endless.phases.begin(second);
  endless.phases.stop();
  CHECK(endless.phases.ending() == horizon);
  CHECK(endless.phases.active() == second);
}

TEST_CASE("a trial that is observed up to its ending stops there") {
  Model model = agreement();
  model.observe = Observe::ending;
  Course course(model);
  course.phases.begin(first);
  course.phases.end(completed);
  CHECK(course.phases.stopped());
  const PhasesState stopped = course.phases.state();
  course.phases.reset();
  CHECK_FALSE(course.phases.stopped());
  CHECK_FALSE(course.phases.over());
  CHECK(course.phases.run() == 0);
  CHECK(course.phases.cause() == CauseId{0});
  course.phases.restore(stopped);
  CHECK(course.phases.ending() == completed);
}
