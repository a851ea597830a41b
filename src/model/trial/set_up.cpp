#include <algorithm>
#include <limits>

#include "engine/normal.hpp"
#include "model/trial/fail.hpp"
#include "model/trial/trial.hpp"

namespace truce::model {

void Trial::reset(std::uint64_t number) {
  numbers_.reset(settings_.seed, number, sink_);
  calendar_.clear();
  steps_.assign(calendar_.slots(), Step{});
  free_slots_.clear();
  free_slots_.make_room(calendar_.slots());
  for (auto slot = static_cast<std::uint32_t>(calendar_.slots()); slot > fixed_slots_; --slot) {
    free_slots_.give(slot - 1);
  }
  now_ = 0;
  ticks_ = 0;
  events_ = 0;
  next_look_ = 0;
  reactions_ = next_look_at_reactions_ = 0;
  generation_end_ = 0;
  generation_ = 0;
  nested_ = 0;
  ended_ = collapsing_ = collapsed_ = false;
  ending_ = EndingId{};
  cause_ = CauseId{0};
  raised_.clear();
  raised_done_ = 0;
  why_.clear();
  std::ranges::fill(dirty_, 0);
  std::ranges::fill(condition_holds_, std::uint8_t{0});
  phase_ = PhaseId{};
  phase_run_ = 0;
  ruling_run_ = none;
  extended_ = false;
  dated_.clear();
  series_.clear();
  delayed_.clear();
  tranches_.clear();
  due_order_ = serial_ = 0;
  first_waiting_ = last_waiting_ = none;
  std::ranges::fill(obligations_, ObligationState{});
  std::ranges::fill(suspensions_, 0);
  disputes_.clear();
  queue_first_ = queue_last_ = none;
  teams_busy_ = 0;
  restraints_.clear();
  active_restraints_ = 0;
  std::ranges::fill(timers_, engine::HazardTimer{});
  std::ranges::fill(talks_, TalksState{});
  measures_ = unread_;
  segments_.clear();
}

void Trial::set_up() {
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
      const char* const key = trigger.source == Source::at ? "at" : "every";
      schedule_fixed(trigger_slot(id), duration(trigger.expression, trigger.name, key));
    }
  }
  for (const CohortId id : model_.cohorts.ids()) {
    if (model_.cohorts[id].death_rate.present()) {
      restart(timer_of(id), model_.cohorts[id].mortality_place);
    }
  }
  mark(model_.all_reactors);
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
  numbers_.share_parameters();
}

void Trial::draw_parameters(TrialRecord& record) {
  record.drawn.clear();
  for (const Parameter& parameter : model_.parameters) {
    if (parameter.drawn) record.drawn.push_back(std::numeric_limits<double>::quiet_NaN());
  }
  set_parameters();
  auto next = record.drawn.begin();
  for (const Parameter& parameter : model_.parameters) {
    if (parameter.drawn) *next++ = cell(parameter.variable);
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
        fail("'{}': {} living of {} held", cohort.name, living, held);
      }
      remains = held - living;
    }
    cell(cohort.living_now) = living;
    cell(cohort.remains_now) = remains;
  }
  for (std::size_t i = model_.party_levels; i < model_.levels.size(); ++i) level(i);
}

}  // namespace truce::model
