#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace truce::scenario {

/// What an expression is for: decides its type, its unit, its range, and whether it may draw.
enum class Purpose {
  number,  ///< any finite number
  condition,
  probability,
  weight,
  rate,
  drift,     ///< per day; any finite number
  time,      ///< in days, fixed before the first step; any finite number
  duration,  ///< may draw
  amount,    ///< may draw; any finite number
  share,     ///< may draw; not negative
  count,     ///< of persons or tranches: may draw; not negative
  measured,  ///< of an outcome: number or condition
};

/// What the value of a key is, for readers and for the schema of editors.
enum class ValueKind {
  text,
  texts,
  value,  ///< an expression, of the key's purpose
  name,
  names,          ///< one, or a list
  pair,           ///< a list of two names
  name_by_party,  ///< one, or PARTY: name
  flag,
  date,
  version,
  mapping,  ///< of the keys of a table
  entries,  ///< NAME: value, where values are mappings by a table, else expressions
  lists,    ///< NAME: a list of names, whole numbers and ranges, or one range
  list,     ///< of mappings by a table, else of expressions, each perhaps with its name
  effects,
  choice
};

/// What a name, or the names of entries, refer to.
enum class Refers {
  nothing,
  parameter,
  party,
  cohort,
  persons,   ///< COHORT or COHORT.remains
  settable,  ///< a level, an attribute or a party's trust
  phase,
  obligation,
  talks,
  incident,
  restrained,  ///< a party or an obligation
  event,
  verification,
  policy,
  // Names that are declared by being written:
  stream,
  signal,
  cause,
  ending
};

enum class Need : bool { may, must };

struct KeyTable;

/// The file below tests/ that holds a construct to an exact answer, and what that is.
struct ExactTest {
  std::string_view file;
  std::string_view against;
};

/// A key of one kind of mapping.
struct Key {
  std::string_view name;
  ValueKind kind;
  Need need;
  std::string_view summary;
  const KeyTable* table = nullptr;                 ///< of mapping, entries, list, effects
  std::span<const std::string_view> choices = {};  ///< of choice, or the names of entries
  Purpose purpose = Purpose::number;               ///< of value, or of the values of entries
  Refers refers = Refers::nothing;
  ExactTest test = {};  ///< of what is a construct of its own
};

/// The same row or form, which that test verifies.
template <class WithKey>
constexpr WithKey tested(WithKey of, std::string_view file, std::string_view against) {
  of.key.test = {file, against};
  return of;
}

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

  [[nodiscard]] constexpr const Key* find(std::string_view name) const {
    const auto at = std::ranges::find(keys, name, &Key::name);
    return at == keys.end() ? nullptr : &*at;
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const Key& key : keys) all.emplace_back(key.name);
    return all;
  }
};

}  // namespace truce::scenario
