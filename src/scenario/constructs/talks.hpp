#pragma once

#include "scenario/constructs/effect.hpp"
#include "scenario/constructs/entity_kind.hpp"

namespace truce::scenario {

template <>
inline constexpr std::array words_of<model::Positions> = {
    Word{"fixed", model::Positions::fixed}, Word{"redrawn", model::Positions::redrawn}};

/// Negotiations, round by round, and their ratification.
struct Talks {
  Name name;
  std::optional<Expression> rounds, agree, ratify_takes, deadline;
  NamedValues ratify;
  std::optional<model::Positions> positions;
  std::vector<Effect> agreed, failed;
  std::optional<Name> stream;
};

template <>
struct Room<Talks> {
  static constexpr std::array<std::string_view, 4> events = {"opened", "agreed", "rejected",
                                                             "failed"};
  static constexpr EntityKind entity{
      .word = "talks", .section = "talks", .events = events, .plural = true};
  static constexpr std::tuple rows = {
      row("rounds", must, Purpose::duration, "length of a round", &Talks::rounds),
      row("agree", must, Purpose::probability, "that a round agrees", &Talks::agree),
      row("ratify", may, Refers::party, Purpose::probability,
          "probability of ratification by party", &Talks::ratify),
      row("positions", may,
          "'fixed' (default): who refuses goes on refusing until its probability has risen; "
          "'redrawn'",
          &Talks::positions),
      row("ratify_takes", may, Purpose::duration, "from agreement to ratification; default 0",
          &Talks::ratify_takes),
      row("deadline", may, Purpose::duration, "after the opening", &Talks::deadline),
      row("agreed", may, "what agreement does", &Talks::agreed),
      row("failed", may, "what failure does", &Talks::failed),
      row("stream", may, Refers::stream, "names their random numbers; default: their own name",
          &Talks::stream),
      summary_row(),
      source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "talks", .keys = keys};
};

}  // namespace truce::scenario
