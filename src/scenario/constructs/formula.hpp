#pragma once

#include "scenario/constructs/entity_kind.hpp"
#include "scenario/constructs/row.hpp"

namespace truce::scenario {

/// A name for an expression of the state: wherever the name stands, the expression is meant.
struct Formula {
  Name name;
  Expression value;
};

template <>
struct Room<Formula> {
  static constexpr EntityKind entity{
      .word = "formula", .section = "formulas", .unused = "is not used"};
  static constexpr std::tuple rows = {
      row("value", must, Purpose::measured, "a number or a condition; may use other formulas",
          &Formula::value),
      unread("unit", ValueKind::text, may, "unit of the value"), summary_row(), source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "formula", .keys = keys, .plain = "value"};
};

}  // namespace truce::scenario
