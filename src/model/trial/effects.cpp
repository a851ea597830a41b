#include "model/trial/effects.hpp"

#include <algorithm>

#include "model/trial/cohorts.hpp"
#include "model/trial/fail.hpp"
#include "model/trial/incidents.hpp"
#include "model/trial/negotiations.hpp"
#include "model/trial/phases.hpp"
#include "model/trial/restraints.hpp"
#include "model/trial/tranches.hpp"

namespace truce::model {

namespace {

/// Effects by which something of the agreement begins or ends, which its ending leaves no room for.
bool begins_anew(EffectKind kind) {
  switch (kind) {
    case EffectKind::due:
    case EffectKind::credit:
    case EffectKind::open:
    case EffectKind::advance:
    case EffectKind::extend:
    case EffectKind::suspend:
    case EffectKind::hold:
    case EffectKind::collapse:
    case EffectKind::end:
      return true;
    case EffectKind::set:
    case EffectKind::add:
    case EffectKind::release:
    case EffectKind::release_remains:
    case EffectKind::deaths:
    case EffectKind::capture:
    case EffectKind::transfer:
    case EffectKind::transfer_remains:
    case EffectKind::close:
    case EffectKind::incident:
    case EffectKind::resume_party:
    case EffectKind::resume_obligation:
    case EffectKind::signal:
      return false;
  }
  return false;
}

}  // namespace

void Effects::act(Range effects, const Portion& portion) {
  TRUCE_EXPECT(effects.begin <= effects.end && effects.end <= world_.model.effects.size());
  TRUCE_EXPECT(portion.share >= 0 && portion.weight >= 0);
  for (std::uint32_t i = effects.begin; i < effects.end && !phases_.stopped();) {
    const Effect& effect = world_.model.effects[i];
    const Range group{i, i + 1 + effect.followers};
    i = group.end;
    if (!world_.holds(effect.condition)) continue;
    if (!world_.chance(effect.chance, effect.chance_stream)) continue;
    if (effect.after.present()) {
      act_later(group, portion, world_.duration(effect.after, name_of(effect), "after"));
    } else if (!act_group(group, portion)) {
      return;
    }
  }
}

const std::string& Effects::name_of(const Effect& effect) const {
  const auto index = static_cast<std::size_t>(&effect - world_.model.effects.data());
  return world_.model.effect_names[index];
}

const std::string& Effects::name_of(DelayedId id) const {
  return world_.model.effect_names[state_.delayed[id].effects.begin];
}

void Effects::act_later(Range group, const Portion& portion, double delay) {
  const DelayedId id = state_.delayed.acquire();
  state_.delayed[id] = {
      .portion = portion, .context = ContextScope::read(world_), .effects = group};
  world_.agenda.schedule({.kind = StepKind::delayed_effects, .subject = id}, world_.now() + delay);
}

void Effects::act_delayed(DelayedId id) {
  const DelayedEffects delayed = state_.delayed[id];
  state_.delayed.release(id);
  world_.because("delayed effect");
  const ContextScope context(world_, [&] { return delayed.context; });
  static_cast<void>(act_group(delayed.effects, delayed.portion));
}

bool Effects::act_group(Range group, const Portion& portion) {
  for (std::uint32_t i = group.begin; i < group.end && !phases_.stopped(); ++i) {
    const Effect& effect = world_.model.effects[i];
    const bool ends = effect.kind == EffectKind::end && portion.full && !phases_.over();
    act(effect, portion);
    if (ends) return false;
  }
  return true;
}

void Effects::act(const Effect& effect, const Portion& portion) {
  if (effect.kind == EffectKind::set) {
    const auto id = effect.subject.as<LevelId>();
    const double before = world_.value(world_.model.levels[id].value);
    const double target = world_.numbers(effect.value);
    world_.assign(id, portion.share == 1 ? target : before + portion.share * (target - before));
  } else if (effect.kind == EffectKind::add) {
    const auto id = effect.subject.as<LevelId>();
    const double amount = portion.share * portion.weight * world_.numbers(effect.value);
    world_.assign(id, world_.value(world_.model.levels[id].value) + amount);
  } else if (portion.full && !(phases_.over() && begins_anew(effect.kind))) {
    act_whole(effect);
  }
}

void Effects::act_whole(const Effect& effect) {
  const AnyId subject = effect.subject;
  const auto duration = [&](const char* key, double fallback) {
    return world_.duration(effect.value, name_of(effect), key, fallback);
  };
  switch (effect.kind) {
    case EffectKind::set:
    case EffectKind::add:
      return;
    case EffectKind::release:
      return release(subject.as<CohortId>(), Delivery::living, effect.value);
    case EffectKind::release_remains:
      return release(subject.as<CohortId>(), Delivery::remains, effect.value);
    case EffectKind::deaths:
      return let_die(subject.as<CohortId>(), effect.value);
    case EffectKind::capture: {
      const auto id = subject.as<CohortId>();
      const std::string& name = world_.model.cohorts[id].name;
      return cohorts_.capture(id, World::persons(world_.numbers(effect.value), name));
    }
    case EffectKind::transfer:
      return transfer(effect, Delivery::living);
    case EffectKind::transfer_remains:
      return transfer(effect, Delivery::remains);
    case EffectKind::due:
      return let_fall_due(subject.as<ObligationId>(), effect.value);
    case EffectKind::credit: {
      const auto id = subject.as<ObligationId>();
      const std::string& name = world_.model.obligations[id].name;
      return tranches_.add_credit(id, World::persons(world_.numbers(effect.value), name));
    }
    case EffectKind::open:
      return negotiations_.open(subject.as<TalksId>());
    case EffectKind::close:
      return negotiations_.close(subject.as<TalksId>());
    case EffectKind::advance:
      return phases_.begin(subject.as<PhaseId>());
    case EffectKind::extend:
      return phases_.extend(duration("extend", 0));
    case EffectKind::incident:
      return incidents_.occur(subject.as<IncidentId>());
    case EffectKind::suspend:
      return restraints_.impose(RestraintTarget{subject.as<PartyId>()}, duration("for", infinity),
                                0, 0);
    case EffectKind::hold:
      return restraints_.impose(RestraintTarget{subject.as<ObligationId>()},
                                duration("for", infinity), 0, 0);
    case EffectKind::resume_party:
      return restraints_.lift_all(RestraintTarget{subject.as<PartyId>()});
    case EffectKind::resume_obligation:
      return restraints_.lift_all(RestraintTarget{subject.as<ObligationId>()});
    case EffectKind::collapse:
      return phases_.collapse(subject.as<CauseId>());
    case EffectKind::end:
      return phases_.end(subject.as<EndingId>());
    case EffectKind::signal:
      return world_.raise(subject.as<EventId>());
  }
}

void Effects::release(CohortId id, Delivery which, const Expr& count) {
  const double present = cohorts_.held(id, which);
  const double asked = World::persons(world_.numbers(count), world_.model.cohorts[id].name);
  cohorts_.free_persons(id, which, std::min(present, asked));
}

void Effects::let_die(CohortId id, const Expr& count) {
  const Cohort& cohort = world_.model.cohorts[id];
  const double living = world_.value(cohort.living_now);
  const double deaths = std::min(living, World::persons(world_.numbers(count), cohort.name));
  const double raised = deaths + static_cast<double>(world_.raised.size());
  if (raised > static_cast<double>(world_.settings.event_limit)) world_.refuse_raised(raised);
  for (double i = 0; i < deaths; ++i) cohorts_.die(id);
}

void Effects::transfer(const Effect& effect, Delivery which) {
  const auto from = effect.subject.as<CohortId>();
  const double asked =
      World::persons(world_.numbers(effect.value), world_.model.cohorts[from].name);
  cohorts_.transfer(from, effect.to, which, std::min(asked, cohorts_.held(from, which)));
}

void Effects::let_fall_due(ObligationId id, const Expr& expression) {
  const Obligation& obligation = world_.model.obligations[id];
  const double amount = world_.numbers(expression);
  const bool of_effects = obligation.delivery == Delivery::effects;
  if (of_effects && !(amount >= 0 && amount < infinity)) {
    fail("'{}': a weight of {}", obligation.name, amount);
  }
  const TrancheId tranche = tranches_.create(id);
  tranches_[tranche].count = of_effects ? amount : World::persons(amount, obligation.name);
  tranches_.fall_due_later(tranche, 0);
}

}  // namespace truce::model
