#include <fmt/format.h>

#include <array>

#include "reader.hpp"

namespace truce::scenario {

Outcome Reader::outcome(const Node::Entry& entry) {
  constexpr std::array<std::string_view, 5> kinds = {"value", "first", "integral", "peak",
                                                     "trough"};
  MappingReader in(entry.value, keys::outcome, entry.key, diagnostics_);
  Outcome result{.name = name_of(entry)};
  std::size_t found = 0;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (!in.has(kinds[i])) continue;
    ++found;
    result.kind = static_cast<Outcome::Kind>(i);
    result.expression = in.required(kinds[i]);
  }
  if (in.sound() && found != 1) {
    diagnostics_.error(entry.key_position,
                       fmt::format("outcome '{}' has {} measures", entry.key, found), {},
                       "give it one of value, first, integral, peak, trough");
  }
  result.unit = in.text("unit");
  result.summary = in.text("summary");
  return result;
}

void Reader::timelines(const std::vector<const Node*>& items, std::vector<Timeline>& into) {
  for (const Node* item : items) {
    if (item->is_scalar()) {
      into.push_back({{item->text, item->position},
                      read_expression(*item, ValueKind::number, "timeline", diagnostics_)});
      continue;
    }
    if (!item->is_mapping() || item->entries.size() != 1) {
      diagnostics_.error(
          item->position,
          fmt::format("timeline: expected an expression, found {}", described(*item)), {},
          "write an expression, or NAME: expression");
      continue;
    }
    const Node::Entry& entry = item->entries.front();
    into.push_back({name_of(entry), read_expression(entry.value, ValueKind::number,
                                                    "timeline " + shown(entry.key), diagnostics_)});
  }
}

}  // namespace truce::scenario
