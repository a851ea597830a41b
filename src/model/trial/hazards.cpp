#include "model/trial/hazards.hpp"

#include <cmath>

namespace truce::model {

void Hazards::begin() {
  for (const IncidentId id : world_.model.incidents.ids()) restart(id);
  for (const TriggerId id : world_.model.triggers.ids()) {
    const Trigger& trigger = world_.model.triggers[id];
    if (trigger.source == Source::rate) {
      restart(id);
    } else if (trigger.source == Source::at || trigger.source == Source::every) {
      const char* const key = trigger.source == Source::at ? "at" : "every";
      const double days = world_.duration(trigger.expression, trigger.name, key);
      world_.agenda.schedule_fixed(world_.agenda.slot(id), days);
    }
  }
  for (const CohortId id : world_.model.cohorts.ids()) {
    if (world_.model.cohorts[id].death_rate.present()) restart(id);
  }
}

void Hazards::restart(SlotId slot, StreamId stream) {
  engine::HazardTimer& timer = this->timer(slot);
  timer.advance(world_.now());
  constexpr auto budget = [](const void*, double u) { return -std::log(u); };
  timer.budget = budget(nullptr, world_.numbers.uniform(stream, budget));
  timer.armed = false;
  TRUCE_ENSURE(timer.budget > 0);
}

void Hazards::excite(IncidentId id) {
  const Incident& incident = world_.model.incidents[id];
  engine::HazardTimer& timer = this->timer(world_.agenda.slot(id));
  timer.advance(world_.now());
  timer.excitation += world_.rate(incident.jump, incident.name);
  timer.armed = false;
}

void Hazards::refresh(const Watcher& rate) {
  switch (rate.kind) {
    case WatcherKind::incident_rate: {
      const auto id = rate.subject.as<IncidentId>();
      const Incident& incident = world_.model.incidents[id];
      const double running = world_.numbers(incident.while_) != 0 ? 1 : 0;
      const double per_day = world_.rate(incident.rate, incident.name);
      const double decay = world_.rate(incident.decay, incident.name);
      return refresh(world_.agenda.slot(id), running, per_day, decay);
    }
    case WatcherKind::trigger_rate: {
      const auto id = rate.subject.as<TriggerId>();
      const Trigger& trigger = world_.model.triggers[id];
      return refresh(world_.agenda.slot(id), 1, world_.rate(trigger.expression, trigger.name), 0);
    }
    case WatcherKind::mortality: {
      const auto id = rate.subject.as<CohortId>();
      const Cohort& cohort = world_.model.cohorts[id];
      return refresh(world_.agenda.slot(id), 1, world_.rate(cohort.death_rate, cohort.name), 0);
    }
    case WatcherKind::ends_when:
    case WatcherKind::requires_:
    case WatcherKind::waits:
    case WatcherKind::when:
    case WatcherKind::measure:
      TRUCE_EXPECT(false && "a rate");
  }
}

void Hazards::refresh(SlotId slot, double running, double rate, double decay) {
  engine::HazardTimer& timer = this->timer(slot);
  Agenda& agenda = world_.agenda;
  const bool slower =
      timer.armed && timer.running == running && timer.decay == decay && rate <= timer.rate;
  if (slower && rate == timer.rate) return;
  timer.advance(world_.now());
  // One that is not needed earlier stays where it is, and how much later it really is, is found
  // when its time has come.
  if (slower && agenda.pending(slot)) {
    timer.rate = rate;
    timer.rough = true;
    return;
  }
  timer.running = running;
  timer.rate = rate;
  timer.decay = decay;
  timer.armed = true;
  const bool searches = timer.searches();
  const double time = world_.now() + (searches ? timer.soonest() : timer.remaining());
  timer.rough = searches || time >= agenda.time_of(slot);
  if (time < agenda.time_of(slot)) agenda.schedule_fixed(slot, time);
}

bool Hazards::refine(SlotId slot) {
  const std::size_t index = Agenda::timer_of(slot);
  if (index >= state_.timers.size() || !state_.timers[index].rough) return false;
  engine::HazardTimer& timer = state_.timers[index];
  timer.rough = false;
  const double time = timer.since + timer.remaining();
  if (time < infinity) {
    world_.agenda.schedule_fixed(slot, time);
  } else {
    world_.agenda.cancel_fixed(slot);
  }
  return true;
}

}  // namespace truce::model
