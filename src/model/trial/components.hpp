#pragma once

#include <tuple>

#include "model/trial/answers.hpp"
#include "model/trial/cohorts.hpp"
#include "model/trial/disputes.hpp"
#include "model/trial/drift.hpp"
#include "model/trial/due_dates.hpp"
#include "model/trial/effects.hpp"
#include "model/trial/hazards.hpp"
#include "model/trial/incidents.hpp"
#include "model/trial/initial_values.hpp"
#include "model/trial/ledger.hpp"
#include "model/trial/loop_guard.hpp"
#include "model/trial/measures.hpp"
#include "model/trial/mediator.hpp"
#include "model/trial/negotiations.hpp"
#include "model/trial/performance.hpp"
#include "model/trial/phases.hpp"
#include "model/trial/responses.hpp"
#include "model/trial/restraints.hpp"
#include "model/trial/tranches.hpp"
#include "model/trial/triggers.hpp"
#include "model/trial/windows.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

/// The components of a trial, each with its own state and rules, wired. They hold references to one
/// another, and call nobody while they are made.
struct Components {
  World world;
  LoopGuard guard{world};
  InitialValues initial_values{world};
  Drift drift{world};
  Windows windows{world};
  Cohorts cohorts{world};
  Restraints restraints{world};
  Hazards hazards{world};
  Disputes disputes{world.model.obligations.size()};
  Ledger ledger{world};
  Phases phases{world,    due_dates,  tranches,     ledger, answers,
                mediator, restraints, negotiations, effects};
  DueDates due_dates{world, phases, tranches, ledger};
  Tranches tranches{world, cohorts, disputes, restraints, ledger, performance};
  Answers answers{world, tranches};
  Performance performance{world,   phases,     cohorts,  tranches,  ledger,
                          answers, restraints, mediator, responses, effects};
  Mediator mediator{world, disputes, tranches, performance, phases};
  Responses responses{world, phases, tranches, mediator, restraints, incidents};
  Incidents incidents{world, phases, hazards, responses, effects};
  Negotiations negotiations{world, effects};
  Effects effects{world, phases, cohorts, tranches, restraints, incidents, negotiations};
  Triggers triggers{world, guard, phases, tranches, effects};
  Measures measures{world, phases};

  Components(const Model& model, const SimulatorSettings& settings) : world(model, settings) {}
  Components(const Components&) = delete;
  Components& operator=(const Components&) = delete;
  ~Components() = default;

  /// Those that keep something from event to event, in the order in which a trial resets them, and
  /// lets those begin that have a `begin`.
  template <class Self>
  static auto lasting(Self& self) {
    return std::tie(self.world, self.guard, self.drift, self.windows, self.phases, self.due_dates,
                    self.tranches, self.ledger, self.answers, self.disputes, self.restraints,
                    self.hazards, self.incidents, self.negotiations, self.effects, self.measures);
  }

  /// The step of a slot begins: lets the component act that it is for.
  void dispatch(SlotId slot);
};

/// What they keep, as a value; for its type alone.
template <class... Lasting>
std::tuple<typename Lasting::State...> states(const std::tuple<const Lasting&...>& components);

[[gnu::always_inline]] inline void Components::dispatch(SlotId slot) {
  const Step step = world.agenda.begin(slot);
  world.because("");
  switch (step.kind) {
    case StepKind::horizon:
      phases.stop();
      break;
    case StepKind::tick:
      drift.tick();
      break;
    case StepKind::window:
      windows.step();
      break;
    case StepKind::phase_limit:
      world.because("its time is up");
      phases.rule();
      break;
    case StepKind::due:
      due_dates.step();
      break;
    case StepKind::incident: {
      const auto id = step.subject.as<IncidentId>();
      hazards.restart(id);
      world.because("by its rate");
      incidents.occur(id);
      world.dependencies.mark(world.model.incidents[id].watcher);
      break;
    }
    case StepKind::trigger: {
      const auto id = step.subject.as<TriggerId>();
      const Trigger& trigger = world.model.triggers[id];
      if (trigger.source == Source::every) {
        const double days = world.duration(trigger.expression, trigger.name, "every");
        world.agenda.schedule_fixed(slot, world.now() + days);
      } else if (trigger.source == Source::rate) {
        hazards.restart(id);
        world.dependencies.mark(trigger.watcher);
      }
      world.because("by its clock");
      triggers.fire(id);
      break;
    }
    case StepKind::mortality: {
      const auto id = step.subject.as<CohortId>();
      hazards.restart(id);
      world.dependencies.mark(world.model.cohorts[id].watcher);
      world.because("mortality in captivity");
      cohorts.die(id);
      break;
    }
    case StepKind::talks_step:
      negotiations.step(step.subject.as<TalksId>());
      break;
    case StepKind::talks_deadline:
      world.because("deadline");
      negotiations.fail(step.subject.as<TalksId>());
      break;
    case StepKind::series:
      due_dates.step(step.subject.as<SeriesId>());
      break;
    case StepKind::tranche:
      tranches.step(step.subject.as<TrancheId>());
      break;
    case StepKind::mediation:
      mediator.conclude(step.subject.as<DisputeId>());
      break;
    case StepKind::restraint:
      restraints.step(step.subject.as<RestraintId>());
      break;
    case StepKind::delayed_effects:
      effects.act_delayed(step.subject.as<DelayedId>());
      break;
    case StepKind::free:
      break;
  }
}

}  // namespace truce::model
