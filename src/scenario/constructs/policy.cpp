#include "scenario/constructs/policy.hpp"

#include <fmt/format.h>

#include "scenario/constructs/read.hpp"

namespace truce::scenario {

namespace {

using model::ResponseKind;

/// What a response of this kind must have, and what it cannot.
void check_parts(const Response& response, std::string_view key, Diagnostics& diagnostics) {
  const bool restrains =
      response.kind == ResponseKind::hold || response.kind == ResponseKind::suspend;
  if (!restrains && (response.lasts || response.notice)) {
    diagnostics.error(response.position, fmt::format("'{}' takes neither 'for' nor 'notice'", key));
  }
  const bool has_incident = response.incident.given();
  if ((response.kind == ResponseKind::retaliate) != has_incident) {
    diagnostics.error(response.position,
                      has_incident ? fmt::format("'{}' takes no incident", key)
                                   : "'retaliate' lacks its incident",
                      {}, has_incident ? "" : "write {weight: ..., incident: NAME}");
  }
}

}  // namespace

void Room<Policy>::finish(MappingReader& in, Policy& policy) {
  if (!in.sound()) return;
  for (const Node::Entry& entry : in.node().entries) {
    const auto form = std::ranges::find(response_forms, entry.key,
                                        [](const ResponseForm& each) { return each.key.name; });
    if (form == response_forms.end()) continue;  // a text, or reported
    policy.responses.push_back({.kind = form->kind, .position = entry.key_position});
    read_rows(entry.value, entry.key, in.diagnostics(), policy.responses.back());
    check_parts(policy.responses.back(), entry.key, in.diagnostics());
  }
  if (policy.responses.empty()) {
    in.diagnostics().error(policy.name.position,
                           fmt::format("policy {} has no response", shown(policy.name.text)));
  }
}

}  // namespace truce::scenario
