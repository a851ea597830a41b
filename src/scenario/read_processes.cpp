#include <fmt/format.h>

#include "reader.hpp"

namespace truce::scenario {

Talks Reader::talks(const Node::Entry& entry) {
  MappingReader in(entry.value, keys::talks, entry.key, diagnostics_);
  Talks result{.name = name_of(entry)};
  result.rounds = in.expression("rounds");
  result.agree = in.expression("agree");
  for (const Node::Entry* item : in.entries("ratify", "party names")) {
    result.ratify.emplace_back(name_of(*item), read_expression(item->value, ValueKind::probability,
                                                               "'ratify'", diagnostics_));
  }
  result.ratify_takes = in.expression("ratify_takes");
  result.deadline = in.expression("deadline");
  result.stream = in.name("stream");
  if (const Node* node = in.get("agreed")) result.agreed = effects(*node, entry.key);
  if (const Node* node = in.get("failed")) result.failed = effects(*node, entry.key);
  result.summary = in.text("summary");
  result.source = in.text("source");
  return result;
}

Incident Reader::incident(const Node::Entry& entry) {
  MappingReader in(entry.value, keys::incident, entry.key, diagnostics_);
  Incident result{.name = name_of(entry)};
  result.by = in.name("by");
  result.to = in.name("to");
  result.rate = in.expression("rate");
  if (const Node* node = in.get("excites")) {
    MappingReader excites(*node, keys::excites, entry.key, diagnostics_);
    result.jump = excites.required("jump");
    result.decay = excites.required("decay");
  }
  result.condition = in.expression("while");
  result.breach = in.name("breach");
  result.stream = in.name("stream");
  if (const Node* node = in.get("do")) result.effects = effects(*node, entry.key);
  result.summary = in.text("summary");
  result.source = in.text("source");
  return result;
}

Trigger Reader::trigger(const Node::Entry& entry) {
  MappingReader in(entry.value, keys::trigger, entry.key, diagnostics_);
  Trigger result{.name = name_of(entry)};
  if (const Node* node = in.get("upon"); node != nullptr && node->is_sequence()) {
    for (const Node* item : in.items("upon")) {
      if (const auto name = read_name(*item, "'upon'", diagnostics_)) result.upon.push_back(*name);
    }
    if (node->items.empty()) diagnostics_.error(node->position, "'upon' names no event");
  } else if (const auto name = in.name("upon")) {
    result.upon.push_back(*name);
  }
  result.when = in.expression("when");
  result.at = in.expression("at");
  result.every = in.expression("every");
  result.rate = in.expression("rate");
  const int sources = int{in.has("upon")} + int{in.has("when")} + int{in.has("at")} +
                      int{in.has("every")} + int{in.has("rate")};
  if (in.sound() && sources != 1) {
    diagnostics_.error(entry.key_position,
                       fmt::format("trigger '{}' has {} sources", entry.key, sources), {},
                       "give it one of upon, when, at, every, rate");
  }
  result.condition = in.expression("while");
  result.chance = in.expression("chance");
  result.limit = in.expression("limit");
  if (const Node* node = in.get("do")) result.effects = effects(*node, entry.key);
  result.summary = in.text("summary");
  result.source = in.text("source");
  return result;
}

}  // namespace truce::scenario
