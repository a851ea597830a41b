#include <fmt/format.h>

#include <algorithm>

#include "checker.hpp"

namespace truce::scenario {

const Incident* Checker::incident(const std::string& name) const {
  const auto at =
      std::ranges::find(scenario_.incidents, name, [](const Incident& i) { return i.name.text; });
  return at == scenario_.incidents.end() ? nullptr : &*at;
}

namespace {

/// Whether all weights are constants that sum to zero.
template <class Weights, class Get>
bool sums_to_zero(const Weights& weights, Get get) {
  return !weights.empty() && std::ranges::all_of(weights, [&](const auto& item) {
    const Expression& weight = get(item);
    return weight.kind == Expression::Kind::number && weight.value == 0;
  });
}

}  // namespace

void Checker::check_use(const Policy& policy, const std::string& party, const std::string& user,
                        bool may_hold) {
  for (const Response& response : policy.responses) {
    if (response.kind == Response::Kind::hold && may_hold) {
      used_.insert("hold " + policy.name.text);
    }
    if (response.kind != Response::Kind::retaliate || party.empty()) continue;
    const Name* named = response.incident ? &*response.incident : nullptr;
    for (const auto& [who, what] : response.incident_of) {
      if (who.text == party) named = &what;
    }
    const Position where = response.position;
    if (named == nullptr) {
      diagnostics_.error(where,
                         fmt::format("policy '{}' names no incident by which '{}' retaliates",
                                     policy.name.text, party),
                         fmt::format("'{}' uses it", user));
      continue;
    }
    const Incident* what = incident(named->text);
    if (what != nullptr && (!what->by || what->by->text != party)) {
      diagnostics_.error(
          named->position,
          fmt::format("'{}' retaliates with '{}', which is not by it", party, named->text),
          fmt::format("'{}' uses the policy '{}'", user, policy.name.text),
          "write incident: {PARTY: INCIDENT, ...}");
    }
  }
}

void Checker::check_responses() {
  const auto policy_of = [&](const std::optional<Name>& name) -> const Policy* {
    if (!name) return nullptr;
    const auto at = std::ranges::find(scenario_.policies, name->text,
                                      [](const Policy& p) { return p.name.text; });
    return at == scenario_.policies.end() ? nullptr : &*at;
  };
  for (const Policy& policy : scenario_.policies) {
    if (policy.responses.empty()) {
      error(policy.name, fmt::format("policy '{}' has no response", policy.name.text));
    }
    if (sums_to_zero(policy.responses,
                     [](const Response& r) -> const Expression& { return r.weight; })) {
      error(policy.name, fmt::format("the weights of policy '{}' sum to zero", policy.name.text));
    }
    for (const Response& response : policy.responses) {
      if (response.kind == Response::Kind::dispute && !scenario_.mediation) {
        diagnostics_.error(
            response.position,
            fmt::format("policy '{}' disputes, but there is no mediation", policy.name.text),
            "nothing would end the dispute", "add the key 'mediation'");
      }
    }
  }
  const auto second = [](const auto& pair) -> const Expression& { return pair.second; };
  if (scenario_.mediation && sums_to_zero(scenario_.mediation->unsettled, second)) {
    diagnostics_.error(scenario_.mediation->position, "the weights of 'unsettled' sum to zero");
  }
  std::unordered_set<std::string> answered;
  for (const auto& [name, o] : obligations_) {
    if (o->against) answered.insert(o->against->text + " by " + o->by.text);
  }
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& o : phase.obligations) {
      if (sums_to_zero(o.otherwise, second)) {
        error(o.name, fmt::format("the weights of 'otherwise' of '{}' sum to zero", o.name.text));
      }
      const std::string party = receiver_of(o);
      if (const Policy* policy = policy_of(o.breach)) {
        check_use(*policy, party, o.name.text, answered.contains(o.name.text + " by " + party));
      }
    }
  }
  for (const Incident& i : scenario_.incidents) {
    const Policy* policy = policy_of(i.breach);
    if (policy != nullptr && i.to) check_use(*policy, i.to->text, i.name.text, false);
  }
  for (const Policy& policy : scenario_.policies) {
    const auto holds = std::ranges::find(policy.responses, Response::Kind::hold, &Response::kind);
    if (holds != policy.responses.end() && !used_.contains("hold " + policy.name.text) &&
        used_.contains("policy " + policy.name.text)) {
      diagnostics_.warning(
          holds->position,
          fmt::format("the hold of policy '{}' can never hold anything", policy.name.text),
          "no obligation of the party that responds is against the breached one");
    }
  }
}

}  // namespace truce::scenario
