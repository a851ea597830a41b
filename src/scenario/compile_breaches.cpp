#include <algorithm>

#include "compiler.hpp"

namespace truce::scenario {

void Compiler::compile_policy(const Policy& written) {
  const std::string& name = written.name.text;
  const model::PolicyId id = find(policies_, name);
  model::Policy& policy = model_.policies[id];
  for (const Response& response : written.responses) {
    policy.weights.push_back(expr(response.weight, Purpose::weight, name, "weight"));
    model::Response compiled;
    compiled.kind = static_cast<model::ResponseKind>(response.kind);
    compiled.notice = expr(response.notice, Purpose::duration, name + ".notice", "notice");
    compiled.lasts = expr(response.lasts, Purpose::duration, name + ".for", "for");
    if (response.incident) {
      const model::IncidentId incident = find(incidents_, response.incident->text);
      for (const model::PartyId party : model_.parties.ids()) {
        if (incident.valid()) compiled.incidents.emplace_back(party, incident);
      }
    }
    for (const auto& [party, incident] : response.incident_of) {
      const model::PartyId who = find(parties_, party.text);
      const model::IncidentId what = find(incidents_, incident.text);
      if (who.valid() && what.valid()) compiled.incidents.emplace_back(who, what);
    }
    policy.responses.push_back(std::move(compiled));
  }
}

void Compiler::compile_mediation() {
  if (!scenario_.mediation) return;
  const Mediation& written = *scenario_.mediation;
  const std::string owner = "mediation";
  model_.mediation.teams = expr(written.teams, Purpose::number, owner, "teams");
  model_.mediation.settles = expr(written.settles, Purpose::probability, owner, "settles");
  for (const auto& [outcome, weight] : written.unsettled) {
    model_.mediation.unsettled[static_cast<std::size_t>(outcome)] =
        expr(weight, Purpose::weight, owner, "unsettled");
  }
}

model::Expr Compiler::mediation_takes(const std::string& subject) {
  if (!scenario_.mediation) return {};
  return expr(scenario_.mediation->takes, Purpose::duration, subject + ".mediation.takes", "takes");
}

// Draws are kept apart by subject: what one dispute draws does not shift the draws of another.
model::SubjectPlaces Compiler::subject_places(const std::string& name, const Position& position) {
  return {.response = binder_.place(name + ".response", position),
          .settles = binder_.place(name + ".mediation.settles", position),
          .unsettled = binder_.place(name + ".mediation.unsettled", position)};
}

bool Compiler::may_withdraw(const std::optional<Name>& policy) const {
  if (!policy) return false;
  const auto named = std::ranges::find(scenario_.policies, policy->text,
                                       [](const Policy& p) { return p.name.text; });
  if (named == scenario_.policies.end()) return false;
  const auto has = [&](Response::Kind kind) {
    return std::ranges::find(named->responses, kind, &Response::kind) != named->responses.end();
  };
  const bool by_mediation =
      scenario_.mediation &&
      std::ranges::any_of(scenario_.mediation->unsettled, [](const auto& unsettled) {
        return unsettled.first == Mediation::Unsettled::withdraw;
      });
  return has(Response::Kind::withdraw) || (by_mediation && has(Response::Kind::dispute));
}

}  // namespace truce::scenario
