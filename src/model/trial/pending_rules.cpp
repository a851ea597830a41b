// Whose rules the steps of a trial follow, told where there are too many of them.
#include <algorithm>
#include <map>

#include "model/trial/fail.hpp"
#include "model/trial/trial.hpp"

namespace truce::model {

void Trial::refuse_more_pending() const {
  std::map<std::string, std::size_t> counts;
  for (const SlotId slot : world.agenda.slots()) {
    if (world.agenda.pending(slot)) ++counts[rule_of(slot)];
  }
  counts.erase("");
  const auto most =
      std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; });
  fail("more than {} steps are pending on day {}, most of them of '{}'", Agenda::most_pending,
       world.now(), most->first);
}

std::string Trial::rule_of(SlotId slot) const {
  const Model& model = world.model;
  const Step& step = world.agenda.step(slot);
  switch (step.kind) {
    case StepKind::phase_limit:
      return phases.active().valid() ? model.phases[phases.active()].name : std::string();
    case StepKind::incident:
      return model.incidents[step.subject.as<IncidentId>()].name;
    case StepKind::trigger:
      return model.triggers[step.subject.as<TriggerId>()].name;
    case StepKind::mortality:
      return model.cohorts[step.subject.as<CohortId>()].name;
    case StepKind::talks_step:
    case StepKind::talks_deadline:
      return model.talks[step.subject.as<TalksId>()].name;
    case StepKind::series:
      return due_dates.name_of(step.subject.as<SeriesId>());
    case StepKind::tranche:
      return model.obligations[tranches[step.subject.as<TrancheId>()].obligation].name;
    case StepKind::mediation:
      return "mediation";
    case StepKind::restraint:
      return restraints.target_name(step.subject.as<RestraintId>());
    case StepKind::delayed_effects:
      return effects.name_of(step.subject.as<DelayedId>());
    case StepKind::free:  // of each of these there is never more than one
    case StepKind::horizon:
    case StepKind::tick:
    case StepKind::window:
    case StepKind::due:
      return {};
  }
  return {};
}

}  // namespace truce::model
