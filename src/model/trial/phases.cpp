#include "model/trial/trial.hpp"

namespace truce::model {

void Trial::begin_phase(PhaseId id) {
  leave_phase();
  const Phase& phase = model_.phases[id];
  phase_ = id;
  ++phase_run_;
  collapsed_ = false;
  extended_ = false;
  set(phase.active, 1);
  set(model_.active, 1);
  set(phase.began, now_);
  raise(phase.started);
  if (phase.lasts.present()) {
    schedule_fixed(limit_slot, now_ + duration(phase.lasts, phase.name, "lasts"), Rank::limit);
  }
  for (const ObligationId obligation : phase.obligations) {
    add_dates(model_.obligations[obligation], obligation);
  }
  order_dates();
  if (phase.ends_when.present()) {
    condition_holds_[phase.ends_when_reactor.index()] = 0;
    mark(phase.ends_when_reactor);
  }
}

void Trial::leave_phase() {
  if (!phase_.valid()) return;
  const Phase& phase = model_.phases[phase_];
  phase_ = PhaseId{};
  calendar_.cancel(limit_slot);
  set(phase.active, 0);
  set(model_.active, 0);
  raise(phase.ended);
}

void Trial::rule_on_phase() {
  const PhaseId id = phase_;
  const Phase& phase = model_.phases[id];
  const std::uint32_t run = phase_run_;
  calendar_.cancel(limit_slot);
  extended_ = false;
  for (const Rule& rule : phase.rules) {
    if (rule.condition.present() && numbers_(rule.condition) == 0) continue;
    if (!chance(rule.chance, rule.chance_place)) continue;
    ruling_run_ = run;
    act(rule.effects, Portion{});
    ruling_run_ = none;
    const bool moved = ended_ || phase_run_ != run || phase_ != id || extended_;
    if (!moved) leave_phase();
    return;
  }
  const PhaseId next{id.index() + 1};
  if (next.index() < model_.phases.size()) {
    begin_phase(next);
  } else {
    end(model_.completed_ending);
  }
}

void Trial::extend_phase(double days) {
  if (!phase_.valid()) return;
  if (ruling_run_ == phase_run_) {
    extended_ = true;
    schedule_fixed(limit_slot, now_ + days, Rank::limit);
  } else if (calendar_.pending(limit_slot)) {
    schedule_fixed(limit_slot, calendar_.time_of(limit_slot) + days, Rank::limit);
  }
  note(model_.phases[phase_].name, ".extended", days);
}

void Trial::collapse(CauseId cause) {
  if (collapsed_) return;
  collapsed_ = true;
  collapsing_ = true;
  if (cause_ == CauseId{0}) cause_ = cause;
  leave_phase();
  lapse_tranches();
  lapse_disputes();
  lapse_restraints();
  raise(model_.collapsed);
}

}  // namespace truce::model
