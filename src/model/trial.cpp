#include "trial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "truce/engine/normal.hpp"

namespace truce::model {

namespace {

constexpr std::uint32_t limit_at_one_time = 10'000;

}  // namespace

Trial::Trial(const Model& model, const SimulatorSettings& settings)
    : model_(model), settings_(settings), horizon_(horizon_of(model)), numbers_(model) {
  scores_.resize(model.copula.parameters.size());
  numbers_.reset(settings.seed, 0, nullptr);
  set_parameters();
  if (model.tick.present()) tick_ = numbers_(model.tick);
  if (!(tick_ > 0)) throw TrialError("'tick' must be longer than 0");
  fixed_slots_ = static_cast<std::uint32_t>(deadline_slot(TalksId{model.talks.size()}));
  calendar_.grow(fixed_slots_ + 8);
  dirty_.resize((model.reactors.size() + 63) / 64);
  condition_holds_.resize(model.reactors.size());
  obligations_.resize(model.obligations.size());
  suspensions_.resize(model.parties.size());
  timers_.resize(model.incidents.size() + model.triggers.size() + model.cohorts.size());
  talks_.resize(model.talks.size());
  measures_.resize(model.measures.size());
  new_levels_.resize(model.levels.size());
}

void Trial::run(std::uint64_t number, TrialRecord& record, ChronicleSink* sink) {
  sink_ = sink;
  reset(number);
  set_up();
  while (!ended_) {
    const auto slot = static_cast<std::uint32_t>(calendar_.first());
    const double time = calendar_.time_of(slot);
    if (time > now_) {
      read_measures();
      now_ = time;
      cell(model_.time) = time;
      at_this_time_ = 0;
    }
    if (++events_ > settings_.event_limit) {
      throw TrialError(fmt::format("more than {} events; the last was near day {}",
                                   settings_.event_limit, now_));
    }
    count_at_this_time();
    dispatch(slot);
    settle();
  }
  read_measures();
  this->record(record);
}

void Trial::reset(std::uint64_t number) {
  numbers_.reset(settings_.seed, number, sink_);
  calendar_.clear();
  steps_.assign(calendar_.slots(), Step{});
  free_slots_.clear();
  for (auto slot = static_cast<std::uint32_t>(calendar_.slots()); slot > fixed_slots_; --slot) {
    free_slots_.push_back(slot - 1);
  }
  now_ = 0;
  ticks_ = 0;
  events_ = 0;
  at_this_time_ = 0;
  nested_ = 0;
  ended_ = collapsing_ = collapsed_ = false;
  ending_ = EndingId{};
  cause_ = CauseId{0};
  raised_.clear();
  raised_done_ = 0;
  std::ranges::fill(dirty_, 0);
  std::ranges::fill(condition_holds_, std::uint8_t{0});
  phase_ = PhaseId{};
  phase_run_ = 0;
  ruling_run_ = none;
  extended_ = false;
  series_.clear();
  tranches_.clear();
  due_order_ = serial_ = 0;
  first_waiting_ = none;
  std::ranges::fill(obligations_, ObligationState{});
  std::ranges::fill(suspensions_, 0);
  disputes_.clear();
  queue_first_ = queue_last_ = none;
  teams_busy_ = 0;
  restraints_.clear();
  active_restraints_ = 0;
  std::ranges::fill(timers_, engine::HazardTimer{});
  std::ranges::fill(talks_, TalksState{});
  std::ranges::fill(measures_, MeasureState{});
  segments_.clear();
}

void Trial::set_up() {
  for (const Phase& phase : model_.phases) cell(phase.began) = -infinity;
  for (const Event& event : model_.events) {
    if (event.last.valid()) cell(event.last) = -infinity;
  }
  set_parameters();
  draw_initial_values();
  schedule_fixed(horizon_slot, horizon_, Rank::horizon);
  const bool ticking =
      !model_.clock_readers.empty() ||
      std::ranges::any_of(model_.levels, [](const Level& level) { return level.drift.present(); });
  if (ticking) schedule_fixed(tick_slot, tick_, Rank::tick);
  for (const IncidentId id : model_.incidents.ids()) {
    restart(timer_of(id), model_.incidents[id].place);
  }
  for (const TriggerId id : model_.triggers.ids()) {
    const Trigger& trigger = model_.triggers[id];
    if (trigger.source == Source::rate) {
      restart(timer_of(id), trigger.rate_place);
    } else if (trigger.source == Source::at || trigger.source == Source::every) {
      schedule_fixed(trigger_slot(id), duration(trigger.expression, trigger.name, "at"));
    }
  }
  for (const CohortId id : model_.cohorts.ids()) {
    if (model_.cohorts[id].death_rate.present()) {
      restart(timer_of(id), model_.cohorts[id].mortality_place);
    }
  }
  for (std::uint32_t i = 0; i < model_.reactors.size(); ++i) mark(i);
  if (telling()) why_ = "begin";
  if (model_.begin_given) {
    act(model_.begin, Portion{});
  } else if (!model_.phases.empty()) {
    begin_phase(PhaseId{0});
  }
  settle();
}

void Trial::set_parameters() {
  const bool from_priors = settings_.parameters == Parameters::from_priors;
  if (from_priors) draw_correlated_parameters();
  for (const Parameter& parameter : model_.parameters) {
    if (from_priors && parameter.correlated) continue;
    const bool drawn = from_priors && parameter.prior.present() && !parameter.fixed;
    cell(parameter.variable) = numbers_(drawn ? parameter.prior : parameter.value);
  }
}

// Priors that are correlated have constant arguments, and so come before all other parameters.
void Trial::draw_correlated_parameters() {
  const Copula& copula = model_.copula;
  const double* row = copula.factor.data();
  for (std::size_t i = 0; i < copula.parameters.size(); ++i) {
    const Sampler& sampler = model_.program.samplers[copula.samplers[i]];
    scores_[i] = engine::inverse_normal(numbers_.uniform(sampler.place));
    double score = 0;
    for (std::size_t j = 0; j <= i; ++j) score += row[j] * scores_[j];
    row += i + 1;
    constexpr double least = 0x1p-53;
    const double u = std::clamp(engine::normal_cdf(score), least, 1 - least);
    const Parameter& parameter = model_.parameters[copula.parameters[i]];
    cell(parameter.variable) =
        parameter.fixed ? numbers_(parameter.value) : numbers_.quantile(sampler, u);
  }
}

void Trial::draw_initial_values() {
  const auto level = [&](std::size_t index) {
    const LevelId id{index};
    assign(id, numbers_(model_.levels[id].initial, 0));
  };
  for (std::size_t i = 0; i < model_.party_levels; ++i) level(i);
  for (const Cohort& cohort : model_.cohorts) {
    const double held = cohort.held.present() ? persons(numbers_(cohort.held), cohort.name) : 0;
    double living = cohort.living.present() ? persons(numbers_(cohort.living), cohort.name) : held;
    double remains = cohort.remains.present() ? persons(numbers_(cohort.remains), cohort.name) : 0;
    if (cohort.held.present()) {
      if (living > held) {
        throw TrialError(fmt::format("'{}': {} living of {} held", cohort.name, living, held));
      }
      remains = held - living;
    }
    cell(cohort.living_now) = living;
    cell(cohort.remains_now) = remains;
  }
  for (std::size_t i = model_.party_levels; i < model_.levels.size(); ++i) level(i);
}

void Trial::dispatch(std::uint32_t slot) {
  const Step step = steps_[slot];
  calendar_.begin(slot);
  if (slot >= fixed_slots_) {
    steps_[slot] = Step{};
    free_slots_.push_back(slot);
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
    case StepKind::due: {
      const std::uint32_t tranche = new_tranche(ObligationId{step.subject});
      tranches_[tranche].entry = step.detail;
      fall_due(tranche);
      break;
    }
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
    case StepKind::delayed_effect:
      if (telling()) why_ = "delayed effect";
      act_group({step.subject, step.subject + 1 + model_.effects[step.subject].followers},
                Portion{});
      break;
  }
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
  for (const std::uint32_t reactor : model_.clock_readers) mark(reactor);
}

void Trial::end(EndingId ending) {
  if (ended_) return;
  if (phase_.valid() && ending != model_.horizon_ending) leave_phase();
  ended_ = true;
  ending_ = ending;
  note("end: ", model_.endings[ending].c_str());
}

void Trial::count_at_this_time() {
  if (++at_this_time_ > limit_at_one_time) fail_in_a_loop();
}

void Trial::fail_in_a_loop() const {
  std::set<std::string> names;
  const std::size_t begin = raised_.size() > 50 ? raised_.size() - 50 : 0;
  for (std::size_t i = begin; i < raised_.size(); ++i) names.insert(model_.events[raised_[i]].name);
  for (const Trigger& trigger : model_.triggers) {
    if (value(model_.events[trigger.fired].count) > limit_at_one_time / 100.0) {
      names.insert(trigger.name);
    }
  }
  throw TrialError(fmt::format("more than {} events or re-readings at day {}, a loop{}{}",
                               limit_at_one_time, now_, names.empty() ? "" : " among ",
                               fmt::join(names, ", ")));
}

}  // namespace truce::model
