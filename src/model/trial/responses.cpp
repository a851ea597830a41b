#include <algorithm>
#include <array>

#include "model/trial/trial.hpp"

namespace truce::model {

void Trial::respond(PolicyId id, PartyId party, Subject kind, std::uint32_t subject,
                    std::uint32_t tranche, PlaceId place) {
  const Policy& policy = model_.policies[id];
  const Response& response = policy.responses[choose(policy.weights, place)];
  if (telling()) {
    why_ = "response of " + model_.parties[party].name + " to " +
           (kind == Subject::obligation ? model_.obligations[ObligationId{subject}].name
                                        : model_.incidents[IncidentId{subject}].name);
    constexpr std::array names = {": tolerate", ": dispute",   ": hold",
                                  ": suspend",  ": retaliate", ": withdraw"};
    note(policy.name, names[static_cast<std::size_t>(response.kind)]);
  }
  const std::uint64_t serial = tranche == none ? 0 : tranches_[tranche].serial;
  switch (response.kind) {
    case ResponseKind::tolerate:
      return;
    case ResponseKind::dispute:
      open_dispute(kind, subject, tranche);
      return;
    case ResponseKind::hold: {
      if (kind == Subject::incident) return;
      for (const ObligationId answer : model_.obligations[ObligationId{subject}].answers) {
        if (model_.obligations[answer].by != party) continue;
        restrain(RestraintKind::hold, static_cast<std::uint32_t>(answer.index()),
                 duration(response.lasts, policy.name, "for", infinity),
                 duration(response.notice, policy.name, "notice"), serial);
      }
      return;
    }
    case ResponseKind::suspend:
      restrain(RestraintKind::suspension, static_cast<std::uint32_t>(party.index()),
               duration(response.lasts, policy.name, "for", infinity),
               duration(response.notice, policy.name, "notice"), serial);
      return;
    case ResponseKind::retaliate: {
      const auto own =
          std::ranges::find(response.incidents, party, &std::pair<PartyId, IncidentId>::first);
      if (own != response.incidents.end()) occur(own->second);
      return;
    }
    case ResponseKind::withdraw:
      collapse(kind == Subject::obligation ? model_.obligations[ObligationId{subject}].cause
                                           : model_.incidents[IncidentId{subject}].cause);
      return;
  }
}

void Trial::restrain(RestraintKind kind, std::uint32_t target, double lasts, double notice,
                     std::uint64_t tranche) {
  const std::uint32_t id = restraints_.acquire();
  restraints_[id] = {.tranche = tranche,
                     .lasts = lasts,
                     .target = target,
                     .slot = none,
                     .kind = kind,
                     .used = true,
                     .active = false};
  if (notice > 0) {
    note(restraint_target(restraints_[id]), ".notice", notice);
    restraints_[id].slot = schedule({.kind = StepKind::restraint, .subject = id}, now_ + notice);
  } else {
    activate(id);
  }
}

void Trial::step_restraint(std::uint32_t id) {
  restraints_[id].slot = none;
  if (restraints_[id].active) {
    if (telling()) why_ = "its time is over";
    lift(id);
  } else {
    if (telling()) why_ = "after notice";
    activate(id);
  }
}

void Trial::activate(std::uint32_t id) {
  Restraint& restraint = restraints_[id];
  restraint.active = true;
  ++active_restraints_;
  set(model_.restrained, 1);
  if (restraint.lasts < infinity) {
    restraint.slot = schedule({.kind = StepKind::restraint, .subject = id}, now_ + restraint.lasts);
  }
  if (restraint.kind == RestraintKind::hold) {
    if (obligations_[restraint.target].holds++ == 0) note(restraint_target(restraint), ".held");
  } else if (suspensions_[restraint.target]++ == 0) {
    const Party& party = model_.parties[PartyId{restraint.target}];
    set(party.suspended, 1);
    raise(party.halted);
  }
}

void Trial::lift(std::uint32_t id) {
  const Restraint restraint = restraints_[id];
  cancel(restraints_[id].slot);
  restraints_.release(id);
  if (!restraint.active) return;
  set(model_.restrained, --active_restraints_ > 0);
  mark(model_.waits_reactor);
  if (restraint.kind == RestraintKind::hold) {
    if (--obligations_[restraint.target].holds == 0) note(restraint_target(restraint), ".unheld");
  } else if (--suspensions_[restraint.target] == 0) {
    const Party& party = model_.parties[PartyId{restraint.target}];
    set(party.suspended, 0);
    raise(party.resumed);
  }
}

template <class Predicate>
void Trial::lift_where(Predicate predicate) {
  for (std::uint32_t id = 0; id < restraints_.size(); ++id) {
    if (restraints_[id].used && predicate(restraints_[id])) lift(id);
  }
}

void Trial::lift_all(RestraintKind kind, std::uint32_t target) {
  lift_where([&](const Restraint& r) { return r.kind == kind && r.target == target; });
}

void Trial::lift_over(std::uint64_t tranche) {
  lift_where([&](const Restraint& r) { return r.tranche == tranche; });
}

void Trial::lapse_restraints() {
  lift_where([](const Restraint&) { return true; });
}

const std::string& Trial::restraint_target(const Restraint& restraint) const {
  return restraint.kind == RestraintKind::hold
             ? model_.obligations[ObligationId{restraint.target}].name
             : model_.parties[PartyId{restraint.target}].name;
}

}  // namespace truce::model
