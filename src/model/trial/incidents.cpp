#include <cmath>

#include "model/trial/fail.hpp"
#include "model/trial/trial.hpp"

namespace truce::model {

void Trial::occur(IncidentId id) {
  constexpr std::uint32_t deepest = 1'000;
  const Incident& incident = model_.incidents[id];
  if (++nested_ > deepest) {
    fail("'{}': incidents and retaliation go round in a loop on day {}", incident.name, now_);
  }
  raise(incident.occurred);
  if (incident.jump.present()) {
    engine::HazardTimer& timer = timer_of(id);
    timer.advance(now_);
    timer.excitation += rate(incident.jump, incident.name);
    timer.armed = false;
    mark(incident.reactor);
  }
  if (incident.to.valid()) shift_trust(incident.to, &Party::on_incident);
  act(incident.effects, Portion{});
  if (!ended_ && incident.policy.valid()) {
    respond(incident.policy, incident.to, Subject::incident, static_cast<std::uint32_t>(id.index()),
            none, incident.subject.response);
  }
  --nested_;
}

void Trial::refresh_incident(IncidentId id) {
  const Incident& incident = model_.incidents[id];
  const double running = numbers_(incident.while_) != 0 ? 1 : 0;
  const double per_day = rate(incident.rate, incident.name);
  const double decay = rate(incident.decay, incident.name);
  refresh(timer_of(id), incident_slot(id), running, per_day, decay);
}

void Trial::refresh_trigger_rate(TriggerId id) {
  const Trigger& trigger = model_.triggers[id];
  refresh(timer_of(id), trigger_slot(id), 1, rate(trigger.expression, trigger.name), 0);
}

void Trial::restart(engine::HazardTimer& timer, PlaceId place) {
  timer.advance(now_);
  timer.budget = -std::log(numbers_.uniform(place));
  timer.armed = false;
}

void Trial::refresh(engine::HazardTimer& timer, std::uint32_t slot, double running, double rate,
                    double decay) {
  const bool slower =
      timer.armed && timer.running == running && timer.decay == decay && rate <= timer.rate;
  if (slower && rate == timer.rate) return;
  timer.advance(now_);
  // Most timers are set anew before their time comes. So one that is not needed earlier stays where
  // it is, and how much later it really is, is found when its time has come.
  if (slower && calendar_.pending(slot)) {
    timer.rate = rate;
    timer.rough = true;
    return;
  }
  timer.running = running;
  timer.rate = rate;
  timer.decay = decay;
  timer.armed = true;
  const bool searches = timer.searches();
  const double time = now_ + (searches ? timer.soonest() : timer.remaining());
  timer.rough = searches || time >= calendar_.time_of(slot);
  if (time < calendar_.time_of(slot)) schedule_fixed(slot, time);
}

bool Trial::refine(std::uint32_t slot) {
  const std::uint32_t index = slot - first_timer_slot;
  if (index >= timers_.size() || !timers_[index].rough) return false;
  engine::HazardTimer& timer = timers_[index];
  timer.rough = false;
  const double time = timer.since + timer.remaining();
  if (time < infinity) {
    schedule_fixed(slot, time);
  } else {
    calendar_.cancel(slot);
  }
  return true;
}

}  // namespace truce::model
