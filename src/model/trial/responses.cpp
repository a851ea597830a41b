#include "model/trial/responses.hpp"

#include <algorithm>
#include <utility>

#include "model/trial/incidents.hpp"
#include "model/trial/mediator.hpp"
#include "model/trial/phases.hpp"
#include "model/trial/restraints.hpp"
#include "model/trial/tranches.hpp"

namespace truce::model {

namespace {

const char* in_trace(ResponseKind kind) {
  switch (kind) {
    case ResponseKind::tolerate:
      return ": tolerate";
    case ResponseKind::dispute:
      return ": dispute";
    case ResponseKind::hold:
      return ": hold";
    case ResponseKind::suspend:
      return ": suspend";
    case ResponseKind::retaliate:
      return ": retaliate";
    case ResponseKind::withdraw:
      return ": withdraw";
  }
  return "";
}

}  // namespace

void Responses::respond(PolicyId id, PartyId party, BreachSource source, TrancheId tranche,
                        StreamId stream) {
  const Policy& policy = world_.model.policies[id];
  const Response& response = policy.responses[world_.choose(policy.weights, stream)];
  if (world_.trace.on()) {
    world_.because("response of ", world_.model.parties[party].name, " to ",
                   source.name(world_.model));
    world_.note(policy.name, in_trace(response.kind));
  }
  if (phases_.over() && response.kind != ResponseKind::retaliate) return;
  const auto restrain = [&](RestraintTarget target) {
    const double lasts = world_.duration(response.lasts, policy.name, "for", infinity);
    const double notice = world_.duration(response.notice, policy.name, "notice");
    restraints_.impose(target, lasts, notice, tranches_.serial_of(tranche));
  };
  switch (response.kind) {
    case ResponseKind::tolerate:
      return;
    case ResponseKind::dispute:
      mediator_.open(source, tranche);
      return;
    case ResponseKind::hold: {
      if (source.incident.valid()) return;
      for (const ObligationId answer : world_.model.obligations[source.obligation].answers) {
        if (world_.model.obligations[answer].by == party) restrain(RestraintTarget{answer});
      }
      return;
    }
    case ResponseKind::suspend:
      restrain(RestraintTarget{party});
      return;
    case ResponseKind::retaliate: {
      const auto own =
          std::ranges::find(response.incidents, party, &std::pair<PartyId, IncidentId>::first);
      if (own != response.incidents.end()) incidents_.occur(own->second);
      return;
    }
    case ResponseKind::withdraw:
      phases_.collapse(source.cause(world_.model));
      return;
  }
}

}  // namespace truce::model
