#pragma once

#include "model/trial/answers.hpp"
#include "model/trial/cohorts.hpp"
#include "model/trial/disputes.hpp"
#include "model/trial/due_dates.hpp"
#include "model/trial/effects.hpp"
#include "model/trial/hazards.hpp"
#include "model/trial/incidents.hpp"
#include "model/trial/ledger.hpp"
#include "model/trial/mediator.hpp"
#include "model/trial/negotiations.hpp"
#include "model/trial/performance.hpp"
#include "model/trial/phases.hpp"
#include "model/trial/responses.hpp"
#include "model/trial/restraints.hpp"
#include "model/trial/tranches.hpp"
#include "model/trial/world.hpp"

namespace truce::test {

/// The components of a trial that name one another, wired as a trial wires them, for the tests of
/// one of them. No step is taken but by the test.
struct Components {
  model::World world;
  model::Cohorts cohorts{world};
  model::Restraints restraints{world};
  model::Hazards hazards{world};
  model::Disputes disputes{world.model.obligations.size()};
  model::Ledger ledger{world};
  model::Phases phases{world,    due_dates,  tranches,     ledger, answers,
                       mediator, restraints, negotiations, effects};
  model::DueDates due_dates{world, phases, tranches, ledger};
  model::Tranches tranches{world, cohorts, disputes, restraints, ledger, performance};
  model::Answers answers{world, tranches};
  model::Performance performance{world,   phases,     cohorts,  tranches,  ledger,
                                 answers, restraints, mediator, responses, effects};
  model::Mediator mediator{world, disputes, tranches, performance, phases};
  model::Responses responses{world, phases, tranches, mediator, restraints, incidents};
  model::Incidents incidents{world, phases, hazards, responses, effects};
  model::Negotiations negotiations{world, effects};
  model::Effects effects{world, phases, cohorts, tranches, restraints, incidents, negotiations};

  explicit Components(const model::Model& model) : world(model, {}) {
    world.reset(0, nullptr);
    phases.reset();
  }
  Components(const Components&) = delete;  // the components name one another
  Components& operator=(const Components&) = delete;
  ~Components() = default;

  /// How often an event has occurred.
  [[nodiscard]] double times(model::EventId event) const {
    return world.value(world.model.events[event].count);
  }
};

}  // namespace truce::test
