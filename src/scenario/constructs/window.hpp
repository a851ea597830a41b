#pragma once

#include "scenario/constructs/entity_kind.hpp"
#include "scenario/constructs/row.hpp"
#include "scenario/constructs/visitor.hpp"

namespace truce::scenario {

/// A time that comes again and again, or once.
struct Window {
  Name name;
  std::optional<Name> date;  ///< of its first opening, where that is not written as a number
  Expression from;           ///< days
  Expression lasts;
  std::optional<Expression> every;
};

class MappingReader;

template <>
struct Room<Window> {
  static constexpr std::array<std::string_view, 2> events = {"opened", "closed"};
  static constexpr EntityKind entity{
      .word = "window", .section = "windows", .unused = "is not used", .events = events};
  static constexpr Key from{.name = "from",
                            .kind = ValueKind::value,
                            .need = must,
                            .summary = "day of the first opening, or its date",
                            .purpose = Purpose::time};
  static constexpr std::tuple rows = {
      UnreadRow{from},
      row("lasts", must, Purpose::duration, "how long it is open; may be a distribution",
          &Window::lasts),
      row("every", may, Purpose::time, "from one opening to the next; without it once",
          &Window::every),
      summary_row(), source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{
      .what = "window", .keys = keys, .example = "{from: 5.75, lasts: 25 h, every: 7 days}"};
  static void finish(MappingReader& in, Window& window);
  static void walk(const Window& window, Visitor& visitor) {
    visitor.expression(from, window.from);
  }
};

}  // namespace truce::scenario
