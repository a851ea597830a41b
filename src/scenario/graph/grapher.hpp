#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/graph.hpp"
#include "scenario/graph/dot.hpp"

namespace truce::scenario {

/// The member; an empty node where there is none.
const Node& at(const Node& node, std::string_view key);
/// The value as it is written, after `before`, ready for a label; empty where there is none.
std::string written(const Node& node, std::string_view key, std::string_view before = {});
/// "aid: 125, movement: 0" of {aid: 125, movement: 0}, with its markup escaped.
std::string inline_text(const Node& node);

/// Draws a scenario. The agreement itself is in graph.cpp, what happens around it and what effects
/// act on in graph_effects.cpp.
class Grapher {
 public:
  explicit Grapher(const Scenario& scenario) : document_(scenario.document) {
    for (const Party& party : scenario.parties) {
      if (party.role == Role::principal) principals_.push_back(party.name.text);
    }
  }

  std::string text();

 private:
  const Node& section(std::string_view key) const { return at(document_, key); }
  std::string colours(const std::string& party) const;
  void legend();
  void formulas();
  void begin();
  void phase(const Node::Entry& entry);
  void obligation(const Node::Entry& entry, const std::string& phase);
  void ends(std::size_t index);
  void window(const Node::Entry& entry);
  void talks(const Node::Entry& entry);
  void incident(const Node::Entry& entry);
  void trigger(const Node::Entry& entry);
  void upon(const std::string& event, const std::string& trigger);
  /// Keeps a section's nodes below one another.
  void column(const std::string& key, const std::string& prefix);
  /// Draws arrows from a node to what effects act on; returns in words those without a target.
  std::vector<std::string> acts(const std::string& from, const Node& effects,
                                const std::string& label_text);
  std::string target_of(const std::string& kind, const Node& value);

  const Node& document_;
  std::vector<std::string> principals_;
  std::set<std::string> drawn_;  ///< endings so far
  Dot dot_;
};

}  // namespace truce::scenario
