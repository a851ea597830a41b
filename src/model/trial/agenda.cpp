#include "model/trial/agenda.hpp"

namespace truce::model {

Agenda::Agenda(const Model& model)
    : triggers_(first_timer + model.incidents.size()),
      cohorts_(triggers_ + model.triggers.size()),
      talks_(cohorts_ + model.cohorts.size()),
      deadlines_(talks_ + model.talks.size()),
      fixed_(deadlines_ + model.talks.size()) {
  for (std::uint32_t kind = 0; kind < first_timer; ++kind) {
    steps_.push_back({.kind = StepKind{kind}});
  }
  const auto add = [&](StepKind kind, const auto& table) {
    for (const auto id : table.ids()) steps_.push_back({.kind = kind, .subject = id});
  };
  add(StepKind::incident, model.incidents);
  add(StepKind::trigger, model.triggers);
  add(StepKind::mortality, model.cohorts);
  add(StepKind::talks_step, model.talks);
  add(StepKind::talks_deadline, model.talks);
  TRUCE_ENSURE(steps_.size() == fixed_);
  constexpr std::size_t lent_at_least = 8;
  state_.calendar.grow(fixed_ + lent_at_least);
  steps_.resize(state_.calendar.slots());
  free_.make_room(steps_.size());
  for (std::size_t slot = steps_.size(); slot > fixed_; --slot) free_.give(SlotId{slot - 1});
  reset();
}

void Agenda::reset() {
  // A trial before may have needed more slots; which of them are lent does not matter to any
  // result.
  state_.calendar.clear();
  const std::size_t slots = state_.calendar.slots();
  if (slots != steps_.size()) {
    steps_.resize(slots);
    free_.clear();
    free_.make_room(slots);
    for (std::size_t slot = slots; slot > fixed_; --slot) free_.give(SlotId{slot - 1});
  }
  state_.steps = steps_;
  state_.free = free_;
  state_.now = 0;
  TRUCE_ENSURE(state_.steps.size() == state_.calendar.slots());
}

void Agenda::more_slots() {
  const std::size_t before = state_.calendar.slots();
  if (before >= most_pending) throw AgendaFull();
  state_.calendar.grow(2 * before);
  const std::size_t after = state_.calendar.slots();
  state_.steps.resize(after);
  state_.free.make_room(after);
  for (std::size_t slot = after; slot > before; --slot) state_.free.give(SlotId{slot - 1});
  TRUCE_ENSURE(!state_.free.empty());
}

}  // namespace truce::model
