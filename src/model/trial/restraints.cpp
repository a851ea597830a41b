#include "model/trial/restraints.hpp"

#include <algorithm>

namespace truce::model {

Restraints::Restraints(World& world) : world_(world) {
  state_.suspensions.resize(world.model.parties.size());
  state_.holds.resize(world.model.obligations.size());
}

void Restraints::reset() {
  state_.restraints.clear();
  state_.active = 0;
  std::ranges::fill(state_.suspensions, 0);
  std::ranges::fill(state_.holds, 0);
}

void Restraints::impose(RestraintTarget target, double lasts, double notice,
                        std::uint64_t tranche) {
  TRUCE_EXPECT(target.party.valid() != target.obligation.valid());
  TRUCE_EXPECT(lasts >= 0 && notice >= 0);
  const RestraintId id = state_.restraints.acquire();
  Restraint& restraint = state_.restraints[id];
  restraint = {.tranche = tranche,
               .lasts = lasts,
               .target = target,
               .slot = {},
               .stage = Restraint::Stage::announced};
  if (notice > 0) {
    world_.note(name_of(target), ".notice", notice);
    restraint.slot =
        world_.agenda.schedule({.kind = StepKind::restraint, .subject = id}, world_.now() + notice);
  } else {
    activate(id);
  }
}

void Restraints::step(RestraintId id) {
  Restraint& restraint = state_.restraints[id];
  restraint.slot = SlotId{};
  if (restraint.stage == Restraint::Stage::active) {
    world_.because("its time is over");
    lift(id);
  } else {
    world_.because("after notice");
    activate(id);
  }
}

void Restraints::activate(RestraintId id) {
  Restraint& restraint = state_.restraints[id];
  TRUCE_EXPECT(restraint.stage == Restraint::Stage::announced && !restraint.slot.valid());
  restraint.stage = Restraint::Stage::active;
  ++state_.active;
  world_.set(world_.model.restrained, 1);
  if (restraint.lasts < infinity) {
    restraint.slot = world_.agenda.schedule({.kind = StepKind::restraint, .subject = id},
                                            world_.now() + restraint.lasts);
  }
  const RestraintTarget target = restraint.target;
  if (target.obligation.valid()) {
    if (state_.holds[target.obligation.index()]++ == 0) world_.note(name_of(target), ".held");
  } else if (state_.suspensions[target.party.index()]++ == 0) {
    const Party& party = world_.model.parties[target.party];
    world_.set(party.suspended, 1);
    world_.raise(party.halted);
  }
}

void Restraints::lift(RestraintId id) {
  world_.agenda.cancel(state_.restraints[id].slot);
  const Restraint restraint = state_.restraints[id];
  state_.restraints.release(id);
  if (restraint.stage != Restraint::Stage::active) return;
  TRUCE_EXPECT(state_.active > 0);
  world_.set(world_.model.restrained, --state_.active > 0);
  world_.dependencies.mark(world_.model.waits_watcher);
  const RestraintTarget target = restraint.target;
  TRUCE_EXPECT(target.obligation.valid() ? held(target.obligation) : suspended(target.party));
  if (target.obligation.valid()) {
    if (--state_.holds[target.obligation.index()] == 0) world_.note(name_of(target), ".unheld");
  } else if (--state_.suspensions[target.party.index()] == 0) {
    const Party& party = world_.model.parties[target.party];
    world_.set(party.suspended, 0);
    world_.raise(party.resumed);
  }
}

template <class Predicate>
void Restraints::lift_where(const Predicate& predicate) {
  for (const RestraintId id : state_.restraints.ids()) {
    const Restraint& restraint = state_.restraints[id];
    if (restraint.stage != Restraint::Stage::free && predicate(restraint)) lift(id);
  }
}

void Restraints::lift_all(RestraintTarget target) {
  lift_where([&](const Restraint& r) { return r.target == target; });
}

void Restraints::lift_over(std::uint64_t tranche) {
  lift_where([&](const Restraint& r) { return r.tranche == tranche; });
}

void Restraints::lapse() {
  lift_where([](const Restraint&) { return true; });
}

const std::string& Restraints::target_name(RestraintId id) const {
  return name_of(state_.restraints[id].target);
}

const std::string& Restraints::name_of(const RestraintTarget& target) const {
  return target.obligation.valid() ? world_.model.obligations[target.obligation].name
                                   : world_.model.parties[target.party].name;
}

}  // namespace truce::model
