#include <algorithm>

#include "model/trial/trial.hpp"

namespace truce::model {

void Trial::act(Range effects, const Portion& portion) {
  for (std::uint32_t i = effects.begin; i < effects.end && !ended_;) {
    const Effect& effect = model_.effects[i];
    const Range group{i, i + 1 + effect.followers};
    i = group.end;
    if (effect.condition.present() && numbers_(effect.condition) == 0) continue;
    if (!chance(effect.chance, effect.chance_place)) continue;
    if (effect.after.present()) {
      act_later(group, portion, duration(effect.after, name_of(effect), "after"));
    } else {
      act_group(group, portion);
    }
  }
}

const std::string& Trial::name_of(const Effect& effect) const {
  return model_.effect_names[static_cast<std::size_t>(&effect - model_.effects.data())];
}

void Trial::act_later(Range group, const Portion& portion, double delay) {
  const std::uint32_t id = delayed_.acquire();
  delayed_[id] = {.portion = portion, .effects = group};
  schedule({.kind = StepKind::delayed_effects, .subject = id}, now_ + delay);
}

void Trial::act_delayed(std::uint32_t id) {
  const DelayedEffects delayed = delayed_[id];
  delayed_.release(id);
  if (telling()) why_ = "delayed effect";
  act_group(delayed.effects, delayed.portion);
}

void Trial::act_group(Range group, const Portion& portion) {
  for (std::uint32_t i = group.begin; i < group.end && !ended_; ++i)
    act(model_.effects[i], portion);
}

void Trial::act(const Effect& effect, const Portion& portion) {
  if (effect.kind == EffectKind::set) {
    const LevelId id{effect.subject};
    const double before = value(model_.levels[id].value);
    const double target = numbers_(effect.value);
    assign(id, portion.share == 1 ? target : before + portion.share * (target - before));
  } else if (effect.kind == EffectKind::add) {
    const LevelId id{effect.subject};
    const double amount = portion.share * portion.weight * numbers_(effect.value);
    assign(id, value(model_.levels[id].value) + amount);
  } else if (portion.full) {
    act_whole(effect);
  }
}

void Trial::act_whole(const Effect& effect) {
  switch (effect.kind) {
    case EffectKind::set:
    case EffectKind::add:
      return;
    case EffectKind::release:
    case EffectKind::release_remains: {
      const CohortId id{effect.subject};
      const Cohort& cohort = model_.cohorts[id];
      const auto which = effect.kind == EffectKind::release ? Delivery::living : Delivery::remains;
      const double present =
          value(which == Delivery::living ? cohort.living_now : cohort.remains_now);
      free_persons(id, which, std::min(present, persons(numbers_(effect.value), cohort.name)));
      return;
    }
    case EffectKind::deaths: {
      const CohortId id{effect.subject};
      const Cohort& cohort = model_.cohorts[id];
      const double deaths =
          std::min(value(cohort.living_now), persons(numbers_(effect.value), cohort.name));
      const double raised = deaths + static_cast<double>(raised_.size());
      if (raised > static_cast<double>(settings_.event_limit)) refuse_raised(raised);
      for (double i = 0; i < deaths; ++i) die(id);
      return;
    }
    case EffectKind::due: {
      const ObligationId id{effect.subject};
      const Obligation& obligation = model_.obligations[id];
      const double amount = numbers_(effect.value);
      const std::uint32_t tranche = new_tranche(id);
      tranches_[tranche].count = obligation.delivery == Delivery::effects
                                     ? std::max(0.0, amount)
                                     : persons(amount, obligation.name);
      tranches_[tranche].slot = schedule({.kind = StepKind::tranche, .subject = tranche}, now_);
      tranches_[tranche].stage = Stage::to_fall_due;
      return;
    }
    case EffectKind::credit: {
      const ObligationId id{effect.subject};
      obligations_[id.index()].credit +=
          persons(numbers_(effect.value), model_.obligations[id].name);
      return;
    }
    case EffectKind::open:
      open_talks(TalksId{effect.subject});
      return;
    case EffectKind::close:
      close_talks(TalksId{effect.subject});
      return;
    case EffectKind::advance:
      begin_phase(PhaseId{effect.subject});
      return;
    case EffectKind::extend:
      extend_phase(duration(effect.value, name_of(effect), "extend"));
      return;
    case EffectKind::incident:
      occur(IncidentId{effect.subject});
      return;
    case EffectKind::suspend:
      restrain(RestraintKind::suspension, effect.subject,
               duration(effect.value, name_of(effect), "for", infinity), 0, 0);
      return;
    case EffectKind::hold:
      restrain(RestraintKind::hold, effect.subject,
               duration(effect.value, name_of(effect), "for", infinity), 0, 0);
      return;
    case EffectKind::resume_party:
      lift_all(RestraintKind::suspension, effect.subject);
      return;
    case EffectKind::resume_obligation:
      lift_all(RestraintKind::hold, effect.subject);
      return;
    case EffectKind::collapse:
      collapse(CauseId{effect.subject});
      return;
    case EffectKind::end:
      end(EndingId{effect.subject});
      return;
    case EffectKind::signal:
      raise(EventId{effect.subject});
      return;
  }
}

}  // namespace truce::model
