#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace truce::scenario {

/// What the value of a key is, for readers and for the schema of editors.
enum class ValueKind {
  text,
  name,
  names,
  number,
  duration,
  rate,
  probability,
  condition,
  flag,
  date,
  texts,
  mapping,
  list,
  effects,
  choice
};

/// A key of one kind of mapping.
struct Key {
  std::string_view name;
  ValueKind kind;
  bool required;
  std::string_view summary;
};

/// Whose name a message about a mapping tells: its own, or that of the entity that it is a part of.
enum class Naming { own, owner };

/// The keys that one kind of mapping may have.
struct KeyTable {
  std::string_view what;  ///< "obligation", for messages
  std::span<const Key> keys;
  Naming naming = Naming::own;

  [[nodiscard]] const Key* find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;
};

namespace keys {

extern const KeyTable top, parameter, correlation, party, trust, level, cohort, verifier, response,
    mediation, phase, obligation, due, rule, talks, incident, excites, trigger, effect, suspend,
    hold, outcome;

}  // namespace keys

}  // namespace truce::scenario
