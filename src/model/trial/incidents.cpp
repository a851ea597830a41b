#include "model/trial/incidents.hpp"

#include "model/trial/context.hpp"
#include "model/trial/effects.hpp"
#include "model/trial/fail.hpp"
#include "model/trial/hazards.hpp"
#include "model/trial/phases.hpp"
#include "model/trial/responses.hpp"

namespace truce::model {

void Incidents::occur(IncidentId id) {
  constexpr std::uint32_t deepest = 1'000;
  const Incident& incident = world_.model.incidents[id];
  if (++state_.nested > deepest) {
    fail("'{}': incidents and retaliation go round in a loop on day {}", incident.name,
         world_.now());
  }
  const double severity = severity_of(incident);
  world_.set(incident.severity_now, severity);
  const ContextScope context(world_, [&] { return Context{.severity = severity}; });
  world_.raise(incident.occurred);
  if (incident.jump.present()) {
    hazards_.excite(id);
    world_.dependencies.mark(incident.watcher);
  }
  if (incident.to.valid()) world_.shift_trust(incident.to, &Party::on_incident);
  effects_.act(incident.effects, Portion{});
  if (!phases_.stopped() && incident.policy.valid()) {
    responses_.respond(incident.policy, incident.to, BreachSource{id}, TrancheId{},
                       incident.streams.response);
  }
  --state_.nested;
}

double Incidents::severity_of(const Incident& incident) {
  const double severity = world_.numbers(incident.severity, 1);
  if (!(severity >= 0 && severity < infinity)) {
    fail("'{}': the severity is {}", incident.name, severity);
  }
  return severity;
}

}  // namespace truce::model
