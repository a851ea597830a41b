#pragma once

#include "scenario/constructs/level.hpp"

namespace truce::scenario {

/// A party's trust in the agreement: a level with four shifts.
struct Trust {
  Position position;
  Expression initial;
  std::optional<Expression> fulfilled, breached, settled, incident;
};

template <>
struct Room<Trust> {
  static constexpr std::tuple rows = {
      row("initial", must, Purpose::amount, "at day 0; may be a distribution", &Trust::initial),
      row("fulfilled", may, Purpose::number,
          "added when an obligation owed to it is seen as fulfilled", &Trust::fulfilled),
      row("breached", may, Purpose::number,
          "added when an obligation owed to it is seen as breached", &Trust::breached),
      row("settled", may, Purpose::number, "added when a dispute that it is in settles",
          &Trust::settled),
      row("incident", may, Purpose::number, "added when an incident is done to it",
          &Trust::incident),
      summary_row(),
      source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{
      .what = "trust", .keys = keys, .naming = Naming::owner, .plain = "initial"};
};

enum class Role { principal, mediator, guarantor, monitor, donor, spoiler };

template <>
inline constexpr std::array words_of<Role> = {
    Word{"principal", Role::principal}, Word{"mediator", Role::mediator},
    Word{"guarantor", Role::guarantor}, Word{"monitor", Role::monitor},
    Word{"donor", Role::donor},         Word{"spoiler", Role::spoiler}};

struct Party {
  Name name;
  std::optional<Role> role;
  std::optional<Trust> trust;
  std::vector<Level> attributes;  ///< named by their last part, e.g. `engagement`
};

template <>
struct Room<Party> {
  static constexpr std::array<std::string_view, 2> events = {"halted", "resumed"};
  static constexpr EntityKind entity{.word = "party", .section = "parties", .events = events};
  static constexpr std::tuple rows = {
      row("role", must, "principal, mediator, guarantor, monitor, donor or spoiler", &Party::role),
      row("trust", may, "its trust in the agreement, from 0 to 1", &Party::trust), summary_row(),
      source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "party", .keys = keys, .others = &Room<Level>::table};
  /// What is no key of a party is an attribute of it.
  static constexpr auto others = &Party::attributes;
};

}  // namespace truce::scenario
