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
  bool responds = false;
  for (const Node::Entry& item : entry.value.entries) {
    if (item.key == "summary" || item.key == "source") {
      if (!item.value.is_scalar()) {
        diagnostics_.error(item.value.position,
                           fmt::format("'{}' of policy {}: expected a text, found {}", item.key,
                                       shown(entry.key), described(item.value)));
      }
      continue;
    }
    responds = true;
    if (auto one = response(item, entry.key)) result.responses.push_back(std::move(*one));
  }
  if (!responds) {
    diagnostics_.error(entry.key_position,
                       fmt::format("policy {} has no response", shown(entry.key)));
  }
  return result;
}

std::optional<Response> Reader::response(const Node::Entry& entry, const std::string& owner) {
  static const std::vector<std::string> kinds = {"tolerate", "dispute",   "hold",
                                                 "suspend",  "retaliate", "withdraw"};
  Response result{.position = entry.key_position};
  const auto kind = std::ranges::find(kinds, entry.key);
  if (kind == kinds.end()) {
    diagnostics_.error(
        entry.key_position,
        fmt::format("unknown response {} in policy {}", shown(entry.key), shown(owner)), {},
        did_you_mean(entry.key, kinds));
    return std::nullopt;
  }
  result.kind = static_cast<Response::Kind>(kind - kinds.begin());
  if (!entry.value.is_mapping()) {
    result.weight =
        read_expression(entry.value, ValueKind::number,
                        fmt::format("'{}' of policy {}", entry.key, shown(owner)), diagnostics_);
  } else {
    MappingReader in(entry.value, keys::response, entry.key, diagnostics_);
    result.weight = in.required("weight");
    result.lasts = in.expression("for");
    result.notice = in.expression("notice");
    if (const Node* incident = in.get("incident"); incident != nullptr && incident->is_mapping()) {
      for (const Node::Entry* item : in.entries("incident", "incidents by party")) {
        const auto name = read_name(item->value, "'incident'", diagnostics_);
        if (name) result.incident_of.emplace_back(name_of(*item), *name);
      }
    } else {
      result.incident = in.name("incident");
    }
  }
  check_parts(result, entry.key);
  return result;
}

void Reader::check_parts(const Response& response, const std::string& key) {
  const bool restrains =
      response.kind == Response::Kind::hold || response.kind == Response::Kind::suspend;
  if (!restrains && (response.lasts || response.notice)) {
    diagnostics_.error(response.position,
                       fmt::format("'{}' takes neither 'for' nor 'notice'", key));
  }
  const bool has_incident = response.incident || !response.incident_of.empty();
  if ((response.kind == Response::Kind::retaliate) != has_incident) {
    diagnostics_.error(response.position,
                       has_incident ? fmt::format("'{}' takes no incident", key)
                                    : "'retaliate' lacks its incident",
                       {}, has_incident ? "" : "write {weight: ..., incident: NAME}");
  }
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
