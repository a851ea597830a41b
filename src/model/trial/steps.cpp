#include "model/trial/trial.hpp"

namespace truce::model {

void Trial::more_slots() {
  const auto before = static_cast<std::uint32_t>(calendar_.slots());
  if (before >= most_pending) refuse_more_pending();
  calendar_.grow(2 * before);
  const auto after = static_cast<std::uint32_t>(calendar_.slots());
  steps_.resize(after);
  free_slots_.make_room(after);
  for (std::uint32_t slot = after; slot > before; --slot) free_slots_.give(slot - 1);
}

Step Trial::fixed_step(std::uint32_t slot) const {
  if (slot == horizon_slot) return {.kind = StepKind::horizon};
  if (slot == tick_slot) return {.kind = StepKind::tick};
  if (slot == limit_slot) return {.kind = StepKind::phase_limit};
  if (slot == due_slot) return {.kind = StepKind::due};
  std::uint32_t index = slot - first_timer_slot;
  const auto within = [&](std::size_t count) {
    if (index < count) return true;
    index -= static_cast<std::uint32_t>(count);
    return false;
  };
  if (within(model_.incidents.size())) return {.kind = StepKind::incident, .subject = index};
  if (within(model_.triggers.size())) return {.kind = StepKind::trigger, .subject = index};
  if (within(model_.cohorts.size())) return {.kind = StepKind::mortality, .subject = index};
  if (within(model_.talks.size())) return {.kind = StepKind::talks_step, .subject = index};
  return {.kind = StepKind::talks_deadline, .subject = index};
}

std::uint32_t Trial::incident_slot(IncidentId id) const {
  return first_timer_slot + static_cast<std::uint32_t>(id.index());
}

std::uint32_t Trial::trigger_slot(TriggerId id) const {
  return incident_slot(IncidentId{model_.incidents.size() + id.index()});
}

std::uint32_t Trial::cohort_slot(CohortId id) const {
  return trigger_slot(TriggerId{model_.triggers.size() + id.index()});
}

std::uint32_t Trial::talks_slot(TalksId id) const {
  return cohort_slot(CohortId{model_.cohorts.size() + id.index()});
}

std::uint32_t Trial::deadline_slot(TalksId id) const {
  return talks_slot(TalksId{model_.talks.size() + id.index()});
}

}  // namespace truce::model
