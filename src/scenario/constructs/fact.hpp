#pragma once

#include <cstdint>

#include "scenario/constructs/row.hpp"

namespace truce::scenario {

/// What a fact says.
enum class FactKind : std::uint8_t {
  condition,    ///< that something held at a time
  throughout,   ///< that it held all the time
  event,        ///< that an occurrence of an event fell into an interval
  measurement,  ///< that a value was measured, with a normal error
  draw,         ///< how a decision or another draw came out
};

/// Something that is known of how it went, as written, and what its constants come to.
struct Fact {
  Position position;
  std::optional<Expression> that, at, from, to;  ///< of condition and throughout
  std::optional<Name> event;
  std::optional<Expression> value, is, sd;  ///< of measurement; `is` of draw too
  std::optional<Name> draw;
  std::optional<Expression> by;      ///< of draw
  std::optional<Expression> number;  ///< of event and draw

  FactKind kind = FactKind::condition;
  double begin = 0;         ///< day from which on it tells something
  double end = 0;           ///< day on which it is all known
  std::uint32_t which = 1;  ///< occurrence or draw, counted from 1
  double measured = 0;      ///< of measurement
  double error = 0;         ///< its standard deviation
  bool dated = true;        ///< false for a draw without `by`
};

class MappingReader;

template <>
struct Room<Fact> {
  static constexpr bool list = true;
  static constexpr std::tuple rows = {
      row("that", may, Purpose::condition, "a condition that held", &Fact::that),
      row("event", may, Refers::event, "an event that occurred", &Fact::event),
      row("value", may, Purpose::measured, "what was measured, with an error", &Fact::value),
      row("draw", may, Refers::stream, "the stream of a known decision, such as x.comply",
          &Fact::draw),
      row("at", may, Purpose::duration, "of 'that' and 'value': the day", &Fact::at),
      row("from", may, Purpose::duration, "of 'that': from this day on; default 0", &Fact::from),
      row("to", may, Purpose::duration, "of 'that': up to this day, all the time", &Fact::to),
      row("number", may, Purpose::count, "of 'event' and 'draw': which one, from 1; default 1",
          &Fact::number),
      unread("between", ValueKind::pair, may, "of 'event': the days between which it fell"),
      row("is", may, Purpose::measured,
          "of 'value': the number measured; of 'draw': what it came to", &Fact::is),
      row("sd", may, Purpose::number, "of 'value': standard deviation of the error", &Fact::sd),
      row("by", may, Purpose::duration,
          "of 'draw': the day by which it was made; default: that of the last fact", &Fact::by),
      summary_row(),
      source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr std::array<std::string_view, 4> forms = {"that", "event", "value", "draw"};
  static constexpr KeyTable table{.what = "fact",
                                  .keys = keys,
                                  .one_of = forms,
                                  .example = "{at: 20 days, that: guests.freed >= 12}"};
  static void finish(MappingReader& in, Fact& fact);
};

}  // namespace truce::scenario
