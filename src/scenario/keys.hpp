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
  names,          ///< one, or a list
  pair,           ///< a list of two names
  name_by_party,  ///< one, or PARTY: name
  number,
  duration,
  rate,
  probability,
  condition,
  flag,
  date,
  texts,
  version,
  mapping,  ///< of the keys of a table
  entries,  ///< NAME: value, where values are mappings by a table, else expressions or weights
  list,     ///< of mappings by a table, else of expressions, each perhaps with its name
  effects,
  choice
};

struct KeyTable;

/// A key of one kind of mapping.
struct Key {
  std::string_view name;
  ValueKind kind;
  bool required;
  std::string_view summary;
  const KeyTable* table = nullptr;                 ///< of mapping, entries, list
  std::span<const std::string_view> choices = {};  ///< of choice, or the names of entries
};

/// Whose name a message about a mapping tells: its own, or that of the entity that it is a part of.
enum class Naming { own, owner };

/// The keys that one kind of mapping may have.
struct KeyTable {
  std::string_view what;  ///< "obligation", for messages
  std::span<const Key> keys;
  Naming naming = Naming::own;
  /// The key that a plain value in place of the mapping stands for; none where a mapping must be.
  std::string_view plain = {};
  const KeyTable* others = nullptr;               ///< of what further keys hold, where allowed
  std::span<const std::string_view> one_of = {};  ///< just one of these keys is present
  std::string_view example = {};                  ///< of such a mapping, for messages

  [[nodiscard]] const Key* find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;
};

namespace keys {

extern const KeyTable top, parameter, correlation, party, trust, level, cohort, verifier, policy,
    response, mediation, phase, obligation, due, rule, talks, incident, excites, trigger, effect,
    suspend, hold, outcome;

}  // namespace keys

}  // namespace truce::scenario
