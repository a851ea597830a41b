#pragma once

#include "scenario/constructs/obligation.hpp"

namespace truce::scenario {

/// An item of `then`: what the end of a phase leads to.
struct Rule {
  Position position;
  std::optional<Expression> condition, chance;
  std::vector<Effect> effects;
};

template <>
struct Room<Rule> {
  static constexpr bool list = true;
  static constexpr std::tuple rows = {
      row("if", may, Purpose::condition, "the rule acts only if this holds", &Rule::condition),
      row("chance", may, Purpose::probability, "the rule acts with this probability",
          &Rule::chance),
      row("do", must, "what it does", &Rule::effects), summary_row(), source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "rule",
                                  .keys = keys,
                                  .naming = Naming::owner,
                                  .example = "{if: CONDITION, do: [{advance: PHASE}]}"};
};

struct Phase {
  Name name;
  std::optional<Expression> lasts, ends_when;
  std::vector<Obligation> obligations;
  std::optional<std::vector<Rule>> then;
};

template <>
struct Room<Phase> {
  static constexpr std::array<std::string_view, 2> events = {"started", "ended"};
  static constexpr EntityKind entity{.word = "phase", .section = "phases", .events = events};
  static constexpr std::tuple rows = {
      row("lasts", may, Purpose::duration, "how long it lasts", &Phase::lasts),
      row("ends_when", may, Purpose::condition, "an earlier end", &Phase::ends_when),
      row("obligations", may, "what is owed in it", &Phase::obligations),
      row("then", may, "rules at its end; default: the next phase", &Phase::then),
      summary_row(),
      source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "phase", .keys = keys};
};

}  // namespace truce::scenario
