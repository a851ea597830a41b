#include "model/trial/trial.hpp"

#include <utility>

namespace truce::model {

Trial::Trial(const Model& model, const SimulatorSettings& settings)
    : world_(model, settings), horizon_(horizon_of(model)) {}

[[gnu::always_inline]] inline void Trial::dispatch(SlotId slot) {
  const Step step = world_.agenda.begin(slot);
  world_.because("");
  switch (step.kind) {
    case StepKind::free:
      break;
    case StepKind::horizon:
      phases_.stop();
      break;
    case StepKind::tick:
      drift_.tick();
      break;
    case StepKind::window:
      windows_.step();
      break;
    case StepKind::phase_limit:
      world_.because("its time is up");
      phases_.rule();
      break;
    case StepKind::incident: {
      const auto id = step.subject.as<IncidentId>();
      hazards_.restart(id);
      world_.because("by its rate");
      incidents_.occur(id);
      world_.dependencies.mark(world_.model.incidents[id].watcher);
      break;
    }
    case StepKind::trigger: {
      const auto id = step.subject.as<TriggerId>();
      const Trigger& trigger = world_.model.triggers[id];
      if (trigger.source == Source::every) {
        const double days = world_.duration(trigger.expression, trigger.name, "every");
        world_.agenda.schedule_fixed(slot, world_.now() + days);
      } else if (trigger.source == Source::rate) {
        hazards_.restart(id);
        world_.dependencies.mark(trigger.watcher);
      }
      world_.because("by its clock");
      triggers_.fire(id);
      break;
    }
    case StepKind::mortality: {
      const auto id = step.subject.as<CohortId>();
      hazards_.restart(id);
      world_.dependencies.mark(world_.model.cohorts[id].watcher);
      world_.because("mortality in captivity");
      cohorts_.die(id);
      break;
    }
    case StepKind::talks_step:
      negotiations_.step(step.subject.as<TalksId>());
      break;
    case StepKind::talks_deadline:
      world_.because("deadline");
      negotiations_.fail(step.subject.as<TalksId>());
      break;
    case StepKind::due:
      due_dates_.step();
      break;
    case StepKind::series:
      due_dates_.step(step.subject.as<SeriesId>());
      break;
    case StepKind::tranche:
      tranches_.step(step.subject.as<TrancheId>());
      break;
    case StepKind::mediation:
      mediator_.conclude(step.subject.as<DisputeId>());
      break;
    case StepKind::restraint:
      restraints_.step(step.subject.as<RestraintId>());
      break;
    case StepKind::delayed_effects:
      effects_.act_delayed(step.subject.as<DelayedId>());
      break;
  }
}

[[gnu::always_inline]] inline void Trial::take_step() {
  SlotId slot = hazards_.first();
  double time = world_.agenda.first_time();
  if (time > world_.now()) {
    if (world_.dependencies.take_rates([this](const Watcher& rate) { hazards_.refresh(rate); })) {
      slot = hazards_.first();
      time = world_.agenda.first_time();
    }
    if (time > world_.now()) {
      measures_.read();
      world_.agenda.advance(time);
      world_.numbers.value(world_.model.time) = time;
      guard_.time_passes();
    }
  }
  guard_.next(slot, [this](SlotId next) { return rule_of(next); });
  dispatch(slot);
  triggers_.propagate();
}

// As `take_step` finds it: rates are refreshed only where time is about to move on.
double Trial::next_time() {
  if (ended()) return infinity;
  hazards_.first();
  if (world_.agenda.first_time() > world_.now() &&
      world_.dependencies.take_rates([this](const Watcher& rate) { hazards_.refresh(rate); })) {
    hazards_.first();
  }
  return world_.agenda.first_time();
}

double Trial::value(const Expr& expression, double day) {
  TRUCE_EXPECT(day >= world_.now());
  double& time = world_.numbers.value(world_.model.time);
  const double now = std::exchange(time, day);
  const double x = world_.numbers(expression);
  time = now;
  return x;
}

template <class Act>
[[gnu::always_inline]] inline void Trial::guarded(const Act& act) {
  try {
    act();
  } catch (const AgendaFull&) {
    refuse_more_pending();
  }
}

void Trial::run(std::uint64_t number, TrialRecord& record, TraceSink* sink, DrawHook* hook) {
  start(number, record, sink, hook);
  go_on(record);
}

void Trial::go_on(TrialRecord& record) {
  guarded([this] {
    while (!ended()) take_step();
  });
  finish(record);
}

EndingId Trial::go_on_to_ending() {
  while (!phases_.over() && !ended()) step();
  return phases_.ending();
}

void Trial::step() {
  TRUCE_EXPECT(!ended());
  guarded([this] { take_step(); });
}

void Trial::start(std::uint64_t number, TrialRecord& record, TraceSink* sink, DrawHook* hook) {
  world_.reset(number, sink, hook);
  guard_.reset();
  drift_.reset();
  windows_.reset();
  phases_.reset();
  due_dates_.reset();
  tranches_.reset();
  ledger_.reset();
  answers_.reset();
  disputes_.reset();
  restraints_.reset();
  hazards_.reset();
  incidents_.reset();
  negotiations_.reset();
  effects_.reset();
  measures_.reset();
  initial_values_.draw_parameters(record);
  guarded([this] {
    initial_values_.draw();
    world_.agenda.schedule_fixed(Agenda::slot(StepKind::horizon), horizon_, Agenda::Rank::horizon);
    drift_.begin();
    windows_.begin();
    begin_hazards();
    world_.dependencies.mark_all();
    world_.because("begin");
    if (world_.model.begin_given) {
      effects_.act(world_.model.begin, Portion{});
    } else if (!world_.model.phases.empty()) {
      phases_.begin(PhaseId{0});
    }
    triggers_.propagate();
  });
}

void Trial::begin_hazards() {
  for (const IncidentId id : world_.model.incidents.ids()) hazards_.restart(id);
  for (const TriggerId id : world_.model.triggers.ids()) {
    const Trigger& trigger = world_.model.triggers[id];
    if (trigger.source == Source::rate) {
      hazards_.restart(id);
    } else if (trigger.source == Source::at || trigger.source == Source::every) {
      const char* const key = trigger.source == Source::at ? "at" : "every";
      const double days = world_.duration(trigger.expression, trigger.name, key);
      world_.agenda.schedule_fixed(world_.agenda.slot(id), days);
    }
  }
  for (const CohortId id : world_.model.cohorts.ids()) {
    if (world_.model.cohorts[id].death_rate.present()) hazards_.restart(id);
  }
}

void Trial::finish(TrialRecord& record) {
  TRUCE_EXPECT(ended());
  measures_.read();
  measures_.write(record);
  record.controls.clear();
  for (const StreamId id : world_.settings.controls) {
    record.controls.push_back(world_.numbers.control(id));
  }
  record.events = guard_.events();
}

void Trial::save(State& state) const {
  TRUCE_EXPECT(world_.raised.empty() && !phases_.collapsing());
  std::apply([&](const auto&... component) { state = std::tie(component.state()...); },
             components_of(*this));
}

void Trial::restore(const State& state) {
  world_.raised.clear();
  incidents_.reset();
  std::apply(
      [&](auto&... component) {
        std::apply([&](const auto&... saved) { (component.restore(saved), ...); }, state);
      },
      components_of(*this));
}

}  // namespace truce::model
