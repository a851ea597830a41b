#pragma once

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
  Rule rule(const Node& node);
  // read_breaches.cpp
  Verifier verifier(const Node::Entry& entry);
  Policy policy(const Node::Entry& entry);
  Response response(const Node::Entry& entry, const std::string& owner);
  Mediation mediation(const Node& node);
  // read_processes.cpp
  Talks talks(const Node::Entry& entry);
  Incident incident(const Node::Entry& entry);
  Trigger trigger(const Node::Entry& entry);
  // read_effects.cpp
  std::vector<Effect> effects(const Node& node, const std::string& owner);
  std::optional<Effect> effect(const Node& node, const std::string& owner);
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
  for (const Node::Entry* entry : in.entries(key)) {
    std::size_t at = 0;
    while (at < choices.size() && choices[at] != entry->key) ++at;
    if (at == choices.size()) {
      diagnostics_.error(entry->key_position,
                         "unknown key '" + entry->key + "' in '" + std::string(key) + "'", {},
                         did_you_mean(entry->key, choices));
      continue;
    }
    const auto weight = read_expression(entry->value, Unit::none, "weight", diagnostics_);
    if (weight) all.emplace_back(static_cast<Enum>(at), *weight);
  }
  return all;
}

}  // namespace truce::scenario
