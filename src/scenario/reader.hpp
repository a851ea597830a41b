#pragma once

#include <fmt/format.h>

#include <algorithm>

#include "mapping_reader.hpp"

namespace truce::scenario {

/// Reads the sections of a document into a description; one source file per family of sections.
class Reader {
 public:
  explicit Reader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void read(Scenario& scenario);

 private:
  // read_assumptions.cpp
  Parameter parameter(const Node::Entry& entry);
  Correlation correlation(const Node& node);
  // read_people.cpp
  Party party(const Node::Entry& entry);
  Trust trust(const Node& node, const std::string& owner);
  Level level(const Node::Entry& entry);
  Cohort cohort(const Node::Entry& entry);
  // read_agreement.cpp
  Phase phase(const Node::Entry& entry);
  Obligation obligation(const Node::Entry& entry);
  DueEntry due_entry(const Node& node, const std::string& owner);
  Rule rule(const Node& node, const std::string& owner);
  // read_breaches.cpp
  Verifier verifier(const Node::Entry& entry);
  Policy policy(const Node::Entry& entry);
  std::optional<Response> response(const Node::Entry& entry, const std::string& owner);
  void check_parts(const Response& response, const std::string& key);
  Mediation mediation(const Node& node);
  // read_processes.cpp
  Talks talks(const Node::Entry& entry);
  Incident incident(const Node::Entry& entry);
  Trigger trigger(const Node::Entry& entry);
  // read_effects.cpp
  std::vector<Effect> effects(const Node& node, const std::string& owner);
  std::optional<Effect> effect(const Node& node, const std::string& owner);
  void effect_body(MappingReader& in, const std::string& key, const std::string& owner,
                   Effect& into);
  // read_measures.cpp
  Outcome outcome(const Node::Entry& entry);
  void timelines(const std::vector<const Node*>& items, std::vector<Timeline>& into);

  /// Weights by the names in `choices`, e.g. of `otherwise`.
  template <class Enum>
  std::vector<std::pair<Enum, Expression>> weights(MappingReader& in, std::string_view key,
                                                   const std::vector<std::string>& choices);

  static Name name_of(const Node::Entry& entry) { return {entry.key, entry.key_position}; }

  Diagnostics& diagnostics_;
};

template <class Enum>
std::vector<std::pair<Enum, Expression>> Reader::weights(MappingReader& in, std::string_view key,
                                                         const std::vector<std::string>& choices) {
  std::vector<std::pair<Enum, Expression>> all;
  for (const Node::Entry* entry : in.entries(key, "weights")) {
    const auto at = std::ranges::find(choices, entry->key);
    if (at == choices.end()) {
      diagnostics_.error(entry->key_position,
                         fmt::format("unknown key {} in '{}'", shown(entry->key), key), {},
                         did_you_mean(entry->key, choices));
      continue;
    }
    all.emplace_back(static_cast<Enum>(at - choices.begin()),
                     read_expression(entry->value, ValueKind::number,
                                     fmt::format("weight of '{}'", entry->key), diagnostics_));
  }
  if (const Node* node = in.get(key);
      node != nullptr && !node->is_scalar() && node->items.empty() && node->entries.empty()) {
    diagnostics_.error(node->position, fmt::format("'{}' has no weights", key), {},
                       "leave it out for the default");
  }
  return all;
}

}  // namespace truce::scenario
