#pragma once

#include <span>
#include <string_view>

namespace truce::scenario {

/// A kind of what has a name in the one namespace of a scenario. Each stands with its construct, as
/// `Room<T>::entity`, and is told from the others by its address.
struct EntityKind {
  std::string_view word;          ///< "party"
  std::string_view section = {};  ///< its key of the file; none of signals
  /// What is said of one that nothing reads or refers to; "" where more decides.
  std::string_view unused = {};
  /// What stands behind the dot in the names of events, in the order of the language's page; "" is
  /// the plain name.
  std::span<const std::string_view> events = {};
  bool plural = false;  ///< one of them is spoken of as several
};

inline constexpr EntityKind list_kind{.word = "list", .section = "lists"};
inline constexpr std::string_view plain_event;
inline constexpr EntityKind signal_kind{.word = "signal", .events = {&plain_event, 1}};

}  // namespace truce::scenario
