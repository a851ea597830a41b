// What each kind of effect does.

#include "support/catch.hpp"
#include "support/components.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr LevelId level{0};
constexpr CohortId held{0};
constexpr CohortId elsewhere{1};
constexpr ObligationId of_persons{0};
constexpr ObligationId of_effects{1};
constexpr PartyId party{0};
constexpr PhaseId phase{0};
constexpr TalksId talks{0};
constexpr IncidentId incident{0};
constexpr CauseId cause{1};
constexpr EndingId peace{0};

constexpr auto last_kind = static_cast<std::uint32_t>(EffectKind::signal);

/// One of everything that effects act on.
Model subjects() {
  Model model = test::small_model(1, 2);
  model.reads_context = true;
  test::level(model);
  model.obligations[of_persons].delivery = Delivery::living;
  model.obligations[of_persons].cohort = test::cohort(model);
  test::cohort(model);
  model.phases[test::phase(model)].lasts = test::constant(model, 30);
  Talks of;
  of.open = test::variable(model);
  of.opened = test::event(model);
  of.rounds = test::constant(model, infinity);
  model.talks.add(of);
  test::incident(model);
  test::endings(model);
  model.causes.add("shelling");
  return model;
}

/// One effect of each kind as well, in their order, on the first of its kind. What their value is
/// is a variable.
Model each_kind() {
  Model model = subjects();
  const Expr amount = test::value_of(test::variable(model));
  const EventId heard = test::event(model);
  for (std::uint32_t kind = 0; kind <= last_kind; ++kind) {
    test::effect(model, {.kind = static_cast<EffectKind>(kind), .to = elsewhere, .value = amount});
  }
  model.effects[static_cast<std::size_t>(EffectKind::collapse)].subject = cause;
  model.effects[last_kind].subject = heard;
  return model;
}

/// Effects among the other components. Seven living are held, and two who are dead.
struct Acting : test::Components {
  explicit Acting(const Model& model = each_kind(), const SimulatorSettings& settings = {})
      : Components(model, settings) {
    world.set(world.model.cohorts[held].living_now, 7);
    world.set(world.model.cohorts[held].remains_now, 2);
  }

  /// Lets the effect of this kind act.
  void act(EffectKind kind, double amount = 0, const Portion& portion = {}) {
    world.set(test::variable_of(world.model.effects[0].value), amount);
    const auto index = static_cast<std::uint32_t>(kind);
    effects.act({index, index + 1}, portion);
  }
  [[nodiscard]] double x() const { return value(world.model.levels[level].value); }
  [[nodiscard]] double of(CohortId id, VariableId Cohort::*variable) const {
    return value(world.model.cohorts[id].*variable);
  }
  [[nodiscard]] bool talking() const { return value(world.model.talks[talks].open) != 0; }
  [[nodiscard]] double incidents_so_far() const {
    return times(world.model.incidents[incident].occurred);
  }
  [[nodiscard]] double signals() const {
    return times(world.model.effects[last_kind].subject.as<EventId>());
  }
};

}  // namespace

TEST_CASE("a level is set and added to, in part where a part is performed") {
  Acting acting;
  acting.act(EffectKind::set, 10);
  CHECK(acting.x() == 10);
  acting.act(EffectKind::set, 30, {.share = 0.25, .weight = 8, .full = false});
  CHECK(acting.x() == 15);
  acting.act(EffectKind::add, 3, {.share = 0.5, .weight = 4, .full = false});
  CHECK(acting.x() == 21);
}

TEST_CASE("persons are freed, die, and move, as whole persons and no more than are held") {
  Acting acting;
  acting.act(EffectKind::deaths, 2.5);
  CHECK(acting.of(held, &Cohort::died) == 3);
  acting.act(EffectKind::release, 1);
  CHECK(acting.of(held, &Cohort::freed) == 1);
  acting.act(EffectKind::transfer, 1);
  CHECK(acting.of(elsewhere, &Cohort::living_now) == 1);
  acting.act(EffectKind::release, 9);
  CHECK(acting.of(held, &Cohort::freed) == 3);
  acting.act(EffectKind::transfer_remains, 1);
  CHECK(acting.of(elsewhere, &Cohort::remains_now) == 1);
  acting.act(EffectKind::release_remains, 9);
  CHECK(acting.of(held, &Cohort::returned) == 4);
  acting.act(EffectKind::capture, 2);
  CHECK(acting.of(held, &Cohort::living_now) == 2);
  CHECK(acting.of(held, &Cohort::captured) == 2);
  acting.act(EffectKind::transfer, 9);
  CHECK(acting.of(elsewhere, &Cohort::living_now) == 3);
  acting.act(EffectKind::deaths, 9);
  CHECK(acting.of(held, &Cohort::died) == 3);
  CHECK_THROWS_WITH(acting.act(EffectKind::release, -1), "'': a count of -1 persons");
}

TEST_CASE("more deaths at once than a trial may have events are refused before anybody dies") {
  Acting acting(each_kind(), {.event_limit = 6});
  CHECK_THROWS_AS(acting.act(EffectKind::deaths, 7), TrialError);
  CHECK(acting.of(held, &Cohort::died) == 0);
  acting.act(EffectKind::deaths, 6);
  CHECK(acting.of(held, &Cohort::died) == 6);
}

TEST_CASE("a tranche falls due at once, of persons or of a weight, and persons are credited") {
  Model model = each_kind();
  model.effects[static_cast<std::size_t>(EffectKind::add)] = {
      .kind = EffectKind::due, .subject = of_effects, .value = model.effects[0].value};
  Acting acting(model);
  acting.act(EffectKind::due, 2.6);
  acting.act(EffectKind::add, 2.6);
  CHECK(acting.tranches[TrancheId{0}].obligation == of_persons);
  CHECK(acting.tranches[TrancheId{0}].count == 3);
  CHECK(acting.tranches[TrancheId{1}].obligation == of_effects);
  CHECK(acting.tranches[TrancheId{1}].count == 2.6);
  CHECK(acting.tranches[TrancheId{1}].stage == Stage::to_fall_due);
  CHECK(acting.world.agenda.time_of(acting.tranches[TrancheId{1}].slot) == 0);
  CHECK_THROWS_WITH(acting.act(EffectKind::add, -1), "'': a weight of -1");
  acting.act(EffectKind::credit, 4);
  CHECK(acting.tranches.state().credit[of_persons.index()] == 4);
}

TEST_CASE("talks, phases, incidents and events begin, and talks are closed") {
  Acting acting;
  acting.act(EffectKind::open);
  CHECK(acting.talking());
  acting.act(EffectKind::close);
  CHECK_FALSE(acting.talking());
  acting.act(EffectKind::advance);
  CHECK(acting.phases.active() == phase);
  acting.act(EffectKind::extend, 5);
  CHECK(acting.world.agenda.time_of(Agenda::slot(StepKind::phase_limit)) == 35);
  acting.act(EffectKind::incident);
  CHECK(acting.incidents_so_far() == 1);
  acting.act(EffectKind::signal);
  CHECK(acting.signals() == 1);
}

TEST_CASE("restraints last as long as is said, or until they are resumed") {
  Acting acting;
  acting.act(EffectKind::suspend, 3);
  CHECK(acting.restraints.suspended(party));
  acting.act(EffectKind::hold, 4);
  CHECK(acting.restraints.held(of_persons));
  CHECK(acting.take() == 3);
  CHECK_FALSE(acting.restraints.suspended(party));
  CHECK(acting.take() == 4);
  CHECK_FALSE(acting.restraints.held(of_persons));
  Model model = each_kind();
  for (const EffectKind kind : {EffectKind::suspend, EffectKind::hold}) {
    model.effects[static_cast<std::size_t>(kind)].value = {};
  }
  Acting endless(model);
  endless.act(EffectKind::suspend);
  endless.act(EffectKind::hold);
  CHECK(endless.take() == infinity);
  endless.act(EffectKind::resume_party);
  CHECK_FALSE(endless.restraints.suspended(party));
  CHECK(endless.restraints.held(of_persons));
  endless.act(EffectKind::resume_obligation);
  CHECK_FALSE(endless.restraints.held(of_persons));
}

TEST_CASE("what cannot be divided acts where all is performed, or not at all") {
  Acting acting;
  for (std::uint32_t kind = 0; kind <= last_kind; ++kind) {
    acting.act(static_cast<EffectKind>(kind), 1, {.share = 0.5, .weight = 1, .full = false});
  }
  CHECK(acting.x() == 1);  // half way from 0 to 1, and half of 1
  CHECK(acting.of(held, &Cohort::living_now) == 7);
  CHECK(acting.of(held, &Cohort::remains_now) == 2);
  CHECK(acting.signals() == 0);
  CHECK(acting.incidents_so_far() == 0);
  CHECK(acting.ledger.state().not_done == 0);
  CHECK_FALSE(acting.restraints.suspended(party));
  CHECK_FALSE(acting.phases.over());
}

TEST_CASE("after the ending nothing of the agreement begins, and all else acts") {
  Acting acting;
  acting.act(EffectKind::end);
  CHECK(acting.phases.ending() == peace);
  for (std::uint32_t kind = 0; kind <= last_kind; ++kind) {
    acting.act(static_cast<EffectKind>(kind), 1);
  }
  CHECK(acting.ledger.state().not_done == 0);
  CHECK(acting.tranches.state().credit[of_persons.index()] == 0);
  CHECK_FALSE(acting.talking());
  CHECK_FALSE(acting.phases.active().valid());
  CHECK(acting.phases.cause() == CauseId{0});
  CHECK_FALSE(acting.restraints.suspended(party));
  CHECK_FALSE(acting.restraints.held(of_persons));
  CHECK(acting.x() == 2);
  CHECK(acting.of(held, &Cohort::freed) == 1);
  CHECK(acting.of(elsewhere, &Cohort::living_now) == 1);
  CHECK(acting.incidents_so_far() == 1);
  CHECK(acting.signals() == 1);
}
