#include <fmt/format.h>

#include <algorithm>

#include "reader.hpp"

namespace truce::scenario {

Verifier Reader::verifier(const Node::Entry& entry) {
  MappingReader in(entry.value, keys::verifier, entry.key, diagnostics_);
  Verifier result{.name = name_of(entry)};
  result.takes = in.expression("takes");
  result.detects = in.expression("detects");
  result.false_alarms = in.expression("false_alarms");
  result.summary = in.text("summary");
  result.source = in.text("source");
  return result;
}

Policy Reader::policy(const Node::Entry& entry) {
  Policy result{.name = name_of(entry)};
  if (!entry.value.is_mapping()) {
    diagnostics_.error(entry.value.position,
                       fmt::format("policy '{}': expected a mapping of responses, found {}",
                                   entry.key, described(entry.value)));
    return result;
  }
  for (const Node::Entry& item : entry.value.entries) {
    if (item.key == "summary" || item.key == "source") continue;
    result.responses.push_back(response(item, entry.key));
  }
  return result;
}

Response Reader::response(const Node::Entry& entry, const std::string& owner) {
  static const std::vector<std::string> kinds = {"tolerate", "dispute",   "hold",
                                                 "suspend",  "retaliate", "withdraw"};
  Response result{.position = entry.key_position};
  const auto kind = std::ranges::find(kinds, entry.key);
  if (kind == kinds.end()) {
    diagnostics_.error(entry.key_position,
                       fmt::format("unknown response '{}' in policy '{}'", entry.key, owner), {},
                       did_you_mean(entry.key, kinds));
    return result;
  }
  result.kind = static_cast<Response::Kind>(kind - kinds.begin());
  if (!entry.value.is_mapping()) {
    result.weight = read_expression(entry.value, Unit::none, "'" + entry.key + "'", diagnostics_)
                        .value_or(Expression{.value = 1});
  } else {
    MappingReader in(entry.value, keys::response, entry.key, diagnostics_);
    result.weight = in.required("weight");
    result.lasts = in.expression("for");
    result.notice = in.expression("notice");
    if (const Node* incident = in.get("incident"); incident != nullptr && incident->is_mapping()) {
      for (const Node::Entry* item : in.entries("incident")) {
        const auto name = read_name(item->value, "'incident'", diagnostics_);
        if (name) result.incident_of.emplace_back(name_of(*item), *name);
      }
    } else {
      result.incident = in.name("incident");
    }
  }
  const bool restrains =
      result.kind == Response::Kind::hold || result.kind == Response::Kind::suspend;
  if (!restrains && (result.lasts || result.notice)) {
    diagnostics_.error(entry.key_position,
                       fmt::format("'{}' takes neither 'for' nor 'notice'", entry.key));
  }
  const bool has_incident = result.incident || !result.incident_of.empty();
  if ((result.kind == Response::Kind::retaliate) != has_incident) {
    diagnostics_.error(entry.key_position,
                       has_incident ? fmt::format("'{}' takes no incident", entry.key)
                                    : "'retaliate' lacks its incident",
                       {}, has_incident ? "" : "write {weight: ..., incident: NAME}");
  }
  return result;
}

Mediation Reader::mediation(const Node& node) {
  MappingReader in(node, keys::mediation, "", diagnostics_);
  Mediation result{.position = node.position};
  result.teams = in.expression("teams");
  result.takes = in.expression("takes");
  result.settles = in.expression("settles");
  result.unsettled = weights<Mediation::Unsettled>(in, "unsettled", {"retry", "drop", "withdraw"});
  result.summary = in.text("summary");
  result.source = in.text("source");
  return result;
}

}  // namespace truce::scenario
