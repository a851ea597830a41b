#include <algorithm>

#include "scenario/compile/choice_numbers.hpp"
#include "scenario/compile/compiler.hpp"

namespace truce::scenario {

void Compiler::compile(const Policy& written) {
  const std::string& name = written.name.text;
  const model::PolicyId id = find(policies_, name);
  model::Policy& policy = model_.policies[id];
  const Binder::OnBehalf of_both(binder_, {.tranche = true, .incident = true});
  for (const Response& response : written.responses) {
    policy.weights.push_back(lower<&Response::weight>(response, name));
    model::Response compiled;
    compiled.kind = response.kind;
    compiled.notice = lower<&Response::notice>(response, name);
    compiled.lasts = lower<&Response::lasts>(response, name);
    if (response.incident.any) {
      const model::IncidentId incident = find(incidents_, response.incident.any->text);
      for (const model::PartyId party : model_.parties.ids()) {
        if (incident.valid()) compiled.incidents.emplace_back(party, incident);
      }
    }
    for (const auto& [party, incident] : response.incident.of) {
      const model::PartyId who = find(parties_, party.text);
      const model::IncidentId what = find(incidents_, incident.text);
      if (who.valid() && what.valid()) compiled.incidents.emplace_back(who, what);
    }
    policy.responses.push_back(std::move(compiled));
  }
}

void Compiler::compile(const Mediation& written) {
  const std::string owner = "mediation";
  model_.mediation.teams = lower<&Mediation::teams>(written, owner);
  const Binder::OnBehalf of_both(binder_, {.tranche = true, .incident = true});
  model_.mediation.settles = lower<&Mediation::settles>(written, owner);
  for (const auto& [outcome, weight] : written.unsettled) {
    model_.mediation.unsettled.at(number_of(outcome)) =
        expr(weight, key_of<&Mediation::unsettled>(), owner);
  }
}

model::Expr Compiler::mediation_takes(const std::string& subject) {
  if (!scenario_.mediation) return {};
  const Binder::OnBehalf of_both(binder_, {.tranche = true, .incident = true});
  return lower<&Mediation::takes>(*scenario_.mediation, subject + ".mediation");
}

// Draws are kept apart by subject: what one dispute draws does not shift the draws of another.
model::BreachStreams Compiler::breach_streams(const std::string& name, const Position& position) {
  return {.response = binder_.stream(name + ".response", position),
          .settles = binder_.stream(name + ".mediation.settles", position),
          .unsettled = binder_.stream(name + ".mediation.unsettled", position)};
}

bool Compiler::may_withdraw(const std::optional<Name>& policy) const {
  if (!policy) return false;
  const auto named = std::ranges::find(scenario_.policies, policy->text,
                                       [](const Policy& p) { return p.name.text; });
  if (named == scenario_.policies.end()) return false;
  const auto has = [&](model::ResponseKind kind) {
    return std::ranges::find(named->responses, kind, &Response::kind) != named->responses.end();
  };
  const bool by_mediation =
      scenario_.mediation &&
      std::ranges::any_of(scenario_.mediation->unsettled, [](const auto& unsettled) {
        return unsettled.first == model::Unsettled::withdraw;
      });
  return has(model::ResponseKind::withdraw) || (by_mediation && has(model::ResponseKind::dispute));
}

}  // namespace truce::scenario
