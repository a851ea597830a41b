#include <fmt/format.h>

#include <algorithm>

#include "scenario/check/checker.hpp"

namespace truce::scenario {

namespace {

/// Whether all weights are constants that sum to zero; negative ones are the compiler's to refuse.
template <class Weights, class Get>
bool sums_to_zero(const Weights& weights, Get get) {
  return !weights.empty() && std::ranges::all_of(weights, [&](const auto& item) {
    return constant_value(get(item)) == 0.0;
  });
}

constexpr auto second = [](const auto& pair) -> const Expression& { return pair.second; };

}  // namespace

void Checker::check_policy(const Policy& policy) {
  if (sums_to_zero(policy.responses,
                   [](const Response& r) -> const Expression& { return r.weight; })) {
    error(policy.name, fmt::format("the weights of policy '{}' sum to zero", policy.name.text));
  }
  for (const Response& response : policy.responses) {
    if (response.kind == model::ResponseKind::dispute && !scenario_.mediation) {
      diagnostics_.error(
          response.position,
          fmt::format("policy '{}' disputes, but there is no mediation", policy.name.text),
          "nothing would end the dispute", "add the key 'mediation'");
    }
    for (const auto& [party, name] : response.incident.of) {
      const auto named = incidents_.find(name.text);
      if (named == incidents_.end() || !is(Room<Party>::entity, party.text)) continue;
      const std::optional<Name>& by = named->second->by;
      if (!by || by->text != party.text) {
        error(name,
              fmt::format("'{}' retaliates with '{}', which is not by it", party.text, name.text));
      }
    }
  }
}

// A policy is judged where it is used: who draws from it decides by whom it retaliates.
void Checker::check_use(const Name& policy, const std::string& party, const std::string& user) {
  const auto at = policy_of_.find(policy.text);
  if (at == policy_of_.end() || !is(Room<Party>::entity, party)) return;
  for (const Response& response : at->second->responses) {
    if (response.kind != model::ResponseKind::retaliate) continue;
    if (!response.incident.any) {
      const auto& all = response.incident.of;
      if (!all.empty() &&
          std::ranges::none_of(all, [&](const auto& pair) { return pair.first.text == party; })) {
        diagnostics_.error(response.position,
                           fmt::format("policy '{}' names no incident by which '{}' retaliates",
                                       policy.text, party),
                           fmt::format("'{}' uses it", user));
      }
      continue;
    }
    const auto named = incidents_.find(response.incident.any->text);
    if (named == incidents_.end()) continue;
    const std::optional<Name>& by = named->second->by;
    if (!by || by->text != party) {
      error(*response.incident.any,
            fmt::format("'{}' retaliates with '{}', which is not by it", party,
                        response.incident.any->text),
            fmt::format("'{}' uses the policy '{}'", user, policy.text),
            "write incident: {PARTY: INCIDENT, ...}");
    }
  }
}

void Checker::check_holds() {
  for (const Policy& policy : scenario_.policies) {
    const auto holds =
        std::ranges::find(policy.responses, model::ResponseKind::hold, &Response::kind);
    const auto use = holds_something_.find(policy.name.text);
    if (holds == policy.responses.end() || use == holds_something_.end() || use->second) continue;
    diagnostics_.warning(
        holds->position,
        fmt::format("the hold of policy '{}' can never hold anything", policy.name.text),
        "no obligation of the party that responds is against the breached one");
  }
}

void Checker::check_mediation() {
  if (!scenario_.mediation) return;
  const Mediation& mediation = *scenario_.mediation;
  if (sums_to_zero(mediation.unsettled, second)) {
    diagnostics_.error(mediation.position, "the weights of 'unsettled' sum to zero");
  }
  if (const auto teams = mediation.teams ? constant_value(*mediation.teams) : std::nullopt;
      teams && *teams < 1) {
    diagnostics_.error(mediation.teams->position, fmt::format("'teams' is {}", *teams),
                       "nobody would end a dispute");
  }
}

void Checker::check_responses() {
  for (const Policy& policy : scenario_.policies) check_policy(policy);
  check_mediation();
  std::unordered_set<std::string> answered;
  for (const auto& [name, o] : obligations_) {
    if (o->against) answered.insert(o->against->text + " by " + o->by.text);
  }
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& o : phase.obligations) {
      if (sums_to_zero(o.otherwise, second)) {
        error(o.name, fmt::format("the weights of 'otherwise' of '{}' sum to zero", o.name.text));
      }
      if (!o.breach) continue;
      const std::string party = receiver_of(o);
      check_use(*o.breach, party, o.name.text);
      holds_something_[o.breach->text] |= answered.contains(o.name.text + " by " + party);
    }
  }
  for (const Incident& i : scenario_.incidents) {
    if (!i.breach || !i.to) continue;
    check_use(*i.breach, i.to->text, i.name.text);
    holds_something_.try_emplace(i.breach->text, false);
  }
}

}  // namespace truce::scenario
