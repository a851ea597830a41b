#include "model/trial/phases.hpp"

#include "model/trial/answers.hpp"
#include "model/trial/due_dates.hpp"
#include "model/trial/effects.hpp"
#include "model/trial/ledger.hpp"
#include "model/trial/mediator.hpp"
#include "model/trial/negotiations.hpp"
#include "model/trial/restraints.hpp"
#include "model/trial/tranches.hpp"

namespace truce::model {

void Phases::begin(PhaseId id) {
  TRUCE_EXPECT(!over() && id.index() < world_.model.phases.size());
  leave();
  const Phase& phase = world_.model.phases[id];
  state_.phase = id;
  ++state_.run;
  state_.collapsed = false;
  state_.extended = false;
  world_.set(phase.active, 1);
  world_.set(world_.model.active, 1);
  world_.set(phase.began, world_.now());
  world_.raise(phase.started);
  if (phase.lasts.present()) {
    const double lasts = world_.duration(phase.lasts, phase.name, "lasts");
    world_.agenda.schedule_fixed(Agenda::slot(StepKind::phase_limit), world_.now() + lasts,
                                 Agenda::Rank::limit);
  }
  for (const ObligationId obligation : phase.obligations) dates_.add(obligation);
  dates_.order();
  if (phase.ends_when.present()) {
    world_.dependencies.set_holds(phase.ends_when_watcher, false);
    world_.dependencies.mark(phase.ends_when_watcher);
  }
}

void Phases::leave() {
  if (!state_.phase.valid()) return;
  const Phase& phase = world_.model.phases[state_.phase];
  state_.phase = PhaseId{};
  world_.agenda.cancel_fixed(Agenda::slot(StepKind::phase_limit));
  world_.set(phase.active, 0);
  world_.set(world_.model.active, 0);
  world_.raise(phase.ended);
}

void Phases::rule() {
  TRUCE_EXPECT(state_.phase.valid());
  const PhaseId id = state_.phase;
  const Phase& phase = world_.model.phases[id];
  const std::uint32_t run = state_.run;
  world_.agenda.cancel_fixed(Agenda::slot(StepKind::phase_limit));
  state_.extended = false;
  for (const Rule& rule : phase.rules) {
    if (!world_.holds(rule.condition)) continue;
    if (!world_.chance(rule.chance, rule.chance_stream)) continue;
    ruling_run_ = run;
    effects_.act(rule.effects, Portion{});
    ruling_run_ = none;
    const bool moved = over() || state_.run != run || state_.phase != id || state_.extended;
    if (!moved) leave();
    return;
  }
  const PhaseId next{id.index() + 1};
  if (next.index() < world_.model.phases.size()) {
    begin(next);
  } else {
    end(ledger_.kept() ? world_.model.completed_ending : world_.model.incomplete_ending);
  }
}

void Phases::extend(double days) {
  TRUCE_EXPECT(days >= 0);
  if (!state_.phase.valid()) return;
  Agenda& agenda = world_.agenda;
  constexpr SlotId limit = Agenda::slot(StepKind::phase_limit);
  if (ruling_run_ == state_.run) {
    state_.extended = true;
    agenda.schedule_fixed(limit, world_.now() + days, Agenda::Rank::limit);
  } else if (agenda.pending(limit)) {
    agenda.schedule_fixed(limit, agenda.time_of(limit) + days, Agenda::Rank::limit);
  }
  world_.note(world_.model.phases[state_.phase].name, ".extended", days);
}

void Phases::collapse(CauseId cause) {
  TRUCE_EXPECT(!over());
  if (state_.collapsed) return;
  state_.collapsed = true;
  state_.collapsing = true;
  if (state_.cause == CauseId{0}) state_.cause = cause;
  leave();
  lapse();
  world_.raise(world_.model.collapsed);
}

void Phases::lapse() {
  tranches_.lapse();
  ledger_.lapse();
  answers_.lapse();
  dates_.lapse();
  mediator_.lapse();
  restraints_.lapse();
}

void Phases::conclude_collapse() {
  if (!state_.collapsing) return;
  if (world_.model.after_collapse == AfterCollapse::end) {
    end(world_.model.collapsed_ending);
  }
  state_.collapsing = false;
}

void Phases::end(EndingId ending) {
  TRUCE_EXPECT(ending.valid());
  if (over()) return;
  state_.ending = ending;
  state_.ended_at = world_.now();
  world_.note("end: ", world_.model.endings[ending].c_str());
  lapse();
  negotiations_.lapse();
  leave();
  world_.set(world_.model.over, 1);
  state_.stopped = world_.model.observe == Observe::ending;
}

void Phases::stop() {
  state_.stopped = true;
  if (over()) return;
  state_.ending = world_.model.horizon_ending;
  state_.ended_at = world_.now();
  world_.note("end: ", world_.model.endings[state_.ending].c_str());
}

}  // namespace truce::model
