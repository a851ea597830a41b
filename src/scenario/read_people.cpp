#include "reader.hpp"

namespace truce::scenario {

Party Reader::party(const Node::Entry& entry) {
  Party result{.name = name_of(entry)};
  // What is no key of a party is an attribute of it.
  MappingReader in(
      entry.value, keys::party, entry.key, diagnostics_,
      [&](const Node::Entry& attribute) { result.attributes.push_back(level(attribute)); });
  const auto role =
      in.choice("role", {"principal", "mediator", "guarantor", "monitor", "donor", "spoiler"});
  if (role) result.role = static_cast<Role>(*role);
  if (const Node* node = in.get("trust")) result.trust = trust(*node, entry.key);
  result.summary = in.text("summary");
  result.source = in.text("source");
  return result;
}

Trust Reader::trust(const Node& node, const std::string& owner) {
  Trust result{.position = node.position};
  if (node.is_scalar()) {
    result.initial = read_expression(node, ValueKind::number, owner + ".trust", diagnostics_);
    return result;
  }
  MappingReader in(node, keys::trust, owner, diagnostics_);
  result.initial = in.required("initial");
  result.fulfilled = in.expression("fulfilled");
  result.breached = in.expression("breached");
  result.settled = in.expression("settled");
  result.incident = in.expression("incident");
  return result;
}

Level Reader::level(const Node::Entry& entry) {
  Level result{.name = name_of(entry)};
  if (!entry.value.is_mapping()) {
    result.initial =
        read_expression(entry.value, ValueKind::number, "level " + shown(entry.key), diagnostics_);
    return result;
  }
  MappingReader in(entry.value, keys::level, entry.key, diagnostics_);
  result.initial = in.required("initial");
  result.min = in.expression("min");
  result.max = in.expression("max");
  result.drift = in.expression("drift");
  result.unit = in.text("unit");
  result.summary = in.text("summary");
  result.source = in.text("source");
  return result;
}

Cohort Reader::cohort(const Node::Entry& entry) {
  MappingReader in(entry.value, keys::cohort, entry.key, diagnostics_);
  Cohort result{.name = name_of(entry)};
  result.held_by = in.name("held_by").value_or(Name{.position = entry.value.position});
  result.living = in.expression("living");
  result.remains = in.expression("remains");
  result.held = in.expression("held");
  result.mortality = in.expression("mortality");
  result.summary = in.text("summary");
  result.source = in.text("source");
  return result;
}

}  // namespace truce::scenario
