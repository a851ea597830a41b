#include "reader.hpp"

namespace truce::scenario {

Phase Reader::phase(const Node::Entry& entry) {
  MappingReader in(entry.value, keys::phase, entry.key, diagnostics_);
  Phase result{.name = name_of(entry)};
  result.lasts = in.expression("lasts");
  result.ends_when = in.expression("ends_when");
  for (const Node::Entry* item : in.entries("obligations", "obligation names")) {
    result.obligations.push_back(obligation(*item));
  }
  if (in.has("then")) {
    result.then.emplace();
    for (const Node* item : in.items("then")) result.then->push_back(rule(*item, entry.key));
  }
  result.summary = in.text("summary");
  result.source = in.text("source");
  return result;
}

Rule Reader::rule(const Node& node, const std::string& owner) {
  MappingReader in(node, keys::rule, owner, diagnostics_);
  Rule result{.position = node.position};
  result.condition = in.expression("if");
  result.chance = in.expression("chance");
  if (const Node* effects_node = in.get("do")) result.effects = effects(*effects_node, owner);
  return result;
}

Obligation Reader::obligation(const Node::Entry& entry) {
  MappingReader in(entry.value, keys::obligation, entry.key, diagnostics_);
  Obligation result{.name = name_of(entry)};
  result.by = in.name("by").value_or(Name{.position = entry.value.position});
  result.to = in.name("to");
  result.release = in.name("release");
  if (const Node* node = in.get("effects")) result.effects = effects(*node, entry.key);
  if (in.has("due")) {
    result.due_position = in.position_of("due");
    for (const Node* item : in.items("due")) result.due.push_back(due_entry(*item, entry.key));
  }
  result.against = in.name("against");
  result.ratio = in.expression("ratio");
  result.count = in.expression("count");
  result.lag = in.expression("lag");
  if (const auto upon = in.choice("upon", {"fulfilled", "performed"})) {
    result.upon = static_cast<Obligation::Upon>(*upon);
  }
  result.singly = in.flag("singly", false);
  result.requires_ = in.expression("requires");
  result.comply = in.expression("comply");
  result.otherwise = weights<Obligation::Failure>(in, "otherwise", {"late", "partial", "refuse"});
  result.late_by = in.expression("late_by");
  result.partial_share = in.expression("partial_share");
  result.share = in.expression("share");
  result.tolerance = in.expression("tolerance");
  result.takes = in.expression("takes");
  result.grace = in.expression("grace");
  result.verified_by = in.name("verified_by");
  result.breach = in.name("breach");
  result.stream = in.name("stream");
  result.summary = in.text("summary");
  result.source = in.text("source");
  return result;
}

DueEntry Reader::due_entry(const Node& node, const std::string& owner) {
  MappingReader in(node, keys::due, owner, diagnostics_);
  DueEntry result{.position = node.position};
  if (!in.sound()) {
    result.day = stand_in(ValueKind::duration, node.position);
    result.rest = true;
    return result;
  }
  result.day = in.expression("day");
  result.every = in.expression("every");
  result.from = in.expression("from");
  result.to = in.expression("to");
  const Node* count = in.get("count");
  if (count != nullptr && count->is_scalar() && count->text == "rest") {
    result.rest = true;
  } else {
    result.count = in.expression("count");
  }
  return result;
}

}  // namespace truce::scenario
