#pragma once

#include <span>
#include <string_view>

namespace truce::scenario {

/// What has a name in the one namespace of a scenario.
enum class EntityKind {
  list,
  parameter,
  party,
  cohort,
  level,
  formula,
  window,
  phase,
  obligation,
  talks,
  incident,
  trigger,
  signal
};

/// How messages speak of a kind, and which events its entities have.
struct EntityWords {
  std::string_view word;       ///< "party"
  std::string_view being;      ///< "is a party"
  std::string_view expecting;  ///< "a party is expected"
  std::string_view section;    ///< its key of the file; none of signals
  /// What stands behind the dot in the names of events; "" is the plain name.
  std::span<const std::string_view> events = {};
};

const EntityWords& words_for(EntityKind kind);
std::span<const EntityKind> all_kinds();

}  // namespace truce::scenario
