#pragma once

#include "scenario/constructs/entity_kind.hpp"
#include "scenario/constructs/row.hpp"

namespace truce::scenario {

/// Scalar state: a level, or an attribute of a party.
struct Level {
  Name name;
  Expression initial;
  std::optional<Expression> min, max, drift;
};

template <>
struct Room<Level> {
  static constexpr EntityKind entity{
      .word = "level", .section = "levels", .unused = "is never read"};
  static constexpr std::tuple rows = {
      row("initial", must, Purpose::amount, "at day 0; may be a distribution", &Level::initial),
      row("min", may, Purpose::number, "lower bound", &Level::min),
      row("max", may, Purpose::number, "upper bound", &Level::max),
      unread("unit", ValueKind::text, may, "unit"),
      row("drift", may, Purpose::drift, "change per day, applied at ticks", &Level::drift),
      summary_row(),
      source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "level", .keys = keys, .plain = "initial"};
};

}  // namespace truce::scenario
