#include "model/trial/incidents.hpp"

#include "model/trial/effects.hpp"
#include "model/trial/fail.hpp"
#include "model/trial/hazards.hpp"
#include "model/trial/phases.hpp"
#include "model/trial/responses.hpp"

namespace truce::model {

void Incidents::occur(IncidentId id) {
  constexpr std::uint32_t deepest = 1'000;
  const Incident& incident = world_.model.incidents[id];
  if (++nested_ > deepest) {
    fail("'{}': incidents and retaliation go round in a loop on day {}", incident.name,
         world_.now());
  }
  world_.raise(incident.occurred);
  if (incident.jump.present()) {
    hazards_.excite(id);
    world_.dependencies.mark(incident.watcher);
  }
  if (incident.to.valid()) world_.shift_trust(incident.to, &Party::on_incident);
  effects_.act(incident.effects, Portion{});
  if (!phases_.ended() && incident.policy.valid()) {
    responses_.respond(incident.policy, incident.to, BreachSource{id}, TrancheId{},
                       incident.streams.response);
  }
  --nested_;
}

}  // namespace truce::model
