#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "base/contract.hpp"

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
  signal  ///< the last, for the check of `entity_kinds`
};

/// How messages speak of a kind, and which events its entities have.
struct EntityWords {
  EntityKind kind;
  std::string_view word;       ///< "party"
  std::string_view being;      ///< "is a party"
  std::string_view expecting;  ///< "a party is expected"
  std::string_view section;    ///< its key of the file; none of signals
  /// What is said of one that nothing reads or refers to; "" where more decides.
  std::string_view unused = {};
  /// What stands behind the dot in the names of events, in the order of the language's page; "" is
  /// the plain name.
  std::span<const std::string_view> events = {};
};

namespace detail {

/// The names of events.
template <std::size_t n>
using Texts = std::array<std::string_view, n>;

inline constexpr Texts<2> party_events = {"halted", "resumed"};
inline constexpr Texts<3> cohort_events = {"death", "release", "capture"};
inline constexpr Texts<2> window_events = {"opened", "closed"};
inline constexpr Texts<2> phase_events = {"started", "ended"};
inline constexpr Texts<5> obligation_events = {"performed", "fulfilled", "breached", "remedied",
                                               "voided"};
inline constexpr Texts<4> talks_events = {"opened", "agreed", "rejected", "failed"};
inline constexpr Texts<1> incident_events = {"occurred"};
inline constexpr Texts<1> trigger_events = {"fired"};
inline constexpr Texts<1> signal_events = {""};

}  // namespace detail

inline constexpr std::array entity_kinds = {
    EntityWords{EntityKind::list, "list", "is a list", "a list is expected", "lists"},
    EntityWords{EntityKind::parameter, "parameter", "is a parameter", "a parameter is expected",
                "parameters", "is not used"},
    EntityWords{EntityKind::party, "party", "is a party", "a party is expected", "parties", "",
                detail::party_events},
    EntityWords{EntityKind::cohort, "cohort", "is a cohort", "a cohort is expected", "cohorts",
                "is not used", detail::cohort_events},
    EntityWords{EntityKind::level, "level", "is a level", "a level is expected", "levels",
                "is never read"},
    EntityWords{EntityKind::formula, "formula", "is a formula", "a formula is expected", "formulas",
                "is not used"},
    EntityWords{EntityKind::window, "window", "is a window", "a window is expected", "windows",
                "is not used", detail::window_events},
    EntityWords{EntityKind::phase, "phase", "is a phase", "a phase is expected", "phases", "",
                detail::phase_events},
    EntityWords{EntityKind::obligation, "obligation", "is an obligation",
                "an obligation is expected", "phases", "", detail::obligation_events},
    EntityWords{EntityKind::talks, "talks", "is the name of talks", "talks are expected", "talks",
                "", detail::talks_events},
    EntityWords{EntityKind::incident, "incident", "is an incident", "an incident is expected",
                "incidents", "", detail::incident_events},
    EntityWords{EntityKind::trigger, "trigger", "is a trigger", "a trigger is expected", "triggers",
                "", detail::trigger_events},
    EntityWords{EntityKind::signal, "signal", "is a signal", "a signal is expected", "", "",
                detail::signal_events},
};

static_assert(
    [] {
      bool all = true;
      for (int kind = 0; kind <= static_cast<int>(EntityKind::signal); ++kind) {
        all &= std::ranges::count(entity_kinds, EntityKind{kind}, &EntityWords::kind) == 1;
      }
      return all;
    }(),
    "each kind has its words");

constexpr const EntityWords& words_for(EntityKind kind) {
  const auto words = std::ranges::find(entity_kinds, kind, &EntityWords::kind);
  TRUCE_EXPECT(words != entity_kinds.end());
  return *words;
}

}  // namespace truce::scenario
