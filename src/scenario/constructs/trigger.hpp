#pragma once

#include "scenario/constructs/effect.hpp"
#include "scenario/constructs/entity_kind.hpp"

namespace truce::scenario {

/// An event-condition-action rule. Just one of its five sources is present.
struct Trigger {
  Name name;
  std::vector<Name> upon;
  std::optional<Expression> when, at, every, rate;
  std::optional<Expression> condition, chance, limit;
  std::vector<Effect> effects;
};

class MappingReader;

template <>
struct Room<Trigger> {
  static constexpr std::array<std::string_view, 1> events = {"fired"};
  static constexpr EntityKind entity{.word = "trigger", .section = "triggers", .events = events};
  static constexpr std::tuple rows = {
      row("upon", may, Refers::event, "event or list of events", &Trigger::upon),
      row("when", may, Purpose::condition, "acts when this comes to hold", &Trigger::when),
      row("at", may, Purpose::duration, "acts once, then", &Trigger::at),
      row("every", may, Purpose::duration, "acts again and again", &Trigger::every),
      row("rate", may, Purpose::rate, "acts at this rate", &Trigger::rate),
      row("while", may, Purpose::condition, "acts only while this holds", &Trigger::condition),
      row("chance", may, Purpose::probability, "acts with this probability", &Trigger::chance),
      row("limit", may, Purpose::number, "greatest number of firings", &Trigger::limit),
      row("do", may, "what it does", &Trigger::effects),
      summary_row(),
      source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr std::array<std::string_view, 5> sources = {"upon", "when", "at", "every",
                                                              "rate"};
  static constexpr KeyTable table{.what = "trigger",
                                  .keys = keys,
                                  .one_of = sources,
                                  .example = "{at: 10 days, do: [{signal: NAME}]}"};
  static void finish(MappingReader& in, Trigger& trigger);
};

}  // namespace truce::scenario
