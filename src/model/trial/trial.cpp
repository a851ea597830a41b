#include "model/trial/trial.hpp"

#include "model/trial/fail.hpp"

namespace truce::model {

Trial::Trial(const Model& model, const SimulatorSettings& settings)
    : model_(model),
      settings_(settings),
      horizon_(horizon_of(model)),
      tick_(tick_of(model)),
      numbers_(model_, settings.parameters) {
  scores_.resize(model.copula.parameters.size());
  if (settings.parameters == Parameters::point) set_parameters();
  for (const Phase& phase : model.phases) cell(phase.began) = -infinity;
  for (const Event& event : model.events) {
    if (event.last.valid()) cell(event.last) = -infinity;
  }
  numbers_.keep_as_start();
  if (!(tick_ > 0)) fail("'tick' must be longer than 0");
  fixed_slots_ = static_cast<std::uint32_t>(deadline_slot(TalksId{model.talks.size()}));
  calendar_.grow(fixed_slots_ + 8);
  dirty_.resize((model.reactors.size() + Marks::bits_per_word - 1) / Marks::bits_per_word);
  condition_holds_.resize(model.reactors.size());
  obligations_.resize(model.obligations.size());
  suspensions_.resize(model.parties.size());
  timers_.resize(model.incidents.size() + model.triggers.size() + model.cohorts.size());
  talks_.resize(model.talks.size());
  prepare_measures();
  prepare_columns();
  new_levels_.resize(model.levels.size());
}

[[gnu::always_inline]] inline void Trial::dispatch(std::uint32_t slot) {
  const Step step = steps_[slot];
  calendar_.begin(slot);
  if (slot >= fixed_slots_) {
    steps_[slot] = Step{};
    free_slots_.give(slot);
  }
  if (telling()) why_.clear();
  switch (step.kind) {
    case StepKind::free:
      break;
    case StepKind::horizon:
      end(model_.horizon_ending);
      break;
    case StepKind::tick:
      tick();
      break;
    case StepKind::phase_limit:
      if (telling()) why_ = "its time is up";
      rule_on_phase();
      break;
    case StepKind::incident: {
      const IncidentId id{step.subject};
      restart(timer_of(id), model_.incidents[id].place);
      if (telling()) why_ = "by its rate";
      occur(id);
      mark(model_.incidents[id].reactor);
      break;
    }
    case StepKind::trigger: {
      const TriggerId id{step.subject};
      const Trigger& trigger = model_.triggers[id];
      if (trigger.source == Source::every) {
        schedule_fixed(slot, now_ + duration(trigger.expression, trigger.name, "every"));
      } else if (trigger.source == Source::rate) {
        restart(timer_of(id), trigger.rate_place);
        mark(trigger.reactor);
      }
      if (telling()) why_ = "by its clock";
      fire(id);
      break;
    }
    case StepKind::mortality: {
      const CohortId id{step.subject};
      const Cohort& cohort = model_.cohorts[id];
      restart(timer_of(id), cohort.mortality_place);
      mark(cohort.reactor);
      if (telling()) why_ = "mortality in captivity";
      die(id);
      break;
    }
    case StepKind::talks_step:
      step_talks(TalksId{step.subject});
      break;
    case StepKind::talks_deadline:
      if (telling()) why_ = "deadline";
      fail_talks(TalksId{step.subject});
      break;
    case StepKind::due:
      step_date();
      break;
    case StepKind::series:
      step_series(step.subject);
      break;
    case StepKind::tranche:
      step_tranche(step.subject);
      break;
    case StepKind::mediation:
      conclude(step.subject);
      break;
    case StepKind::restraint:
      step_restraint(step.subject);
      break;
    case StepKind::delayed_effects:
      act_delayed(step.subject);
      break;
  }
}

[[gnu::always_inline]] inline void Trial::step() {
  std::uint32_t slot = next_slot();
  double time = calendar_.first_time();
  if (time > now_) {
    if (refresh_rates()) {
      slot = next_slot();
      time = calendar_.first_time();
    }
    if (time > now_) {
      read_measures();
      now_ = time;
      cell(model_.time) = time;
      generation_ = 0;
      generation_end_ = calendar_.scheduled();
    }
  }
  if (calendar_.place_of(slot) >= generation_end_) [[unlikely]]
    next_generation(slot);
  if (++events_ >= next_look_) [[unlikely]]
    look_up();
  dispatch(slot);
  settle();
}

void Trial::run(std::uint64_t number, TrialRecord& record, ChronicleSink* sink) {
  sink_ = sink;
  reset(number);
  if (settings_.parameters == Parameters::from_priors) draw_parameters(record);
  set_up();
  while (!ended_) step();
  read_measures();
  this->record(record);
}

void Trial::tick() {
  ++ticks_;
  calendar_.schedule(tick_slot, static_cast<double>(ticks_ + 1) * tick_, Rank::tick);
  for (const LevelId id : model_.drifting) {
    const Level& level = model_.levels[id];
    new_levels_[id.index()] = value(level.value) + numbers_(level.drift) * tick_;
  }
  if (telling()) why_ = "drift";
  for (const LevelId id : model_.drifting) assign(id, new_levels_[id.index()]);
  mark(model_.clock_readers);
}

void Trial::end(EndingId ending) {
  if (ended_) return;
  if (phase_.valid() && ending != model_.horizon_ending) leave_phase();
  ended_ = true;
  ending_ = ending;
  note("end: ", model_.endings[ending].c_str());
}

}  // namespace truce::model
