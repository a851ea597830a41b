#pragma once

#include "scenario/constructs/entity_kind.hpp"
#include "scenario/constructs/row.hpp"

namespace truce::scenario {

/// An assumption that studies vary.
struct Parameter {
  Name name;
  Expression value;
  std::optional<Expression> prior;
};

template <>
struct Room<Parameter> {
  static constexpr EntityKind entity{
      .word = "parameter", .section = "parameters", .unused = "is not used"};
  static constexpr std::tuple rows = {
      row("value", must, Purpose::number, "its value; may use other parameters", &Parameter::value),
      row("prior", may, Purpose::amount, "distribution that --uncertain draws it from",
          &Parameter::prior),
      unread("unit", ValueKind::text, may, "unit of the value"), summary_row(), source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "parameter", .keys = keys, .plain = "value"};
};

/// Between the normal scores of two parameters' priors.
struct Correlation {
  Position position;
  std::array<Name, 2> between;
  Expression rho;
};

template <>
struct Room<Correlation> {
  static constexpr bool list = true;
  static constexpr std::tuple rows = {
      row("between", must, Refers::parameter, "two parameters that have priors",
          &Correlation::between),
      row("rho", must, Purpose::number, "correlation of the normal scores", &Correlation::rho),
      summary_row(), source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "correlation", .keys = keys};
};

}  // namespace truce::scenario
