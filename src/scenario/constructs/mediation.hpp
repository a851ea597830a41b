#pragma once

#include "model/entities.hpp"
#include "scenario/constructs/row.hpp"

namespace truce::scenario {

template <>
inline constexpr std::array words_of<model::Unsettled> = {
    Word{"retry", model::Unsettled::retry}, Word{"drop", model::Unsettled::drop},
    Word{"withdraw", model::Unsettled::withdraw}};

/// How disputes end.
struct Mediation {
  Position position;
  std::optional<Expression> teams, takes, settles;
  Weights<model::Unsettled> unsettled;
};

template <>
struct Room<Mediation> {
  static constexpr std::tuple rows = {
      row("teams", may, Purpose::number, "disputes that can be mediated at once; default 1",
          &Mediation::teams),
      row("takes", may, Purpose::duration, "of one mediation; default 0", &Mediation::takes),
      row("settles", may, Purpose::probability, "that a mediation settles the dispute; default 1",
          &Mediation::settles),
      row("unsettled", may, Purpose::weight, "weights of retry, drop, withdraw; default drop",
          &Mediation::unsettled),
      summary_row(),
      source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "mediation", .keys = keys};
};

}  // namespace truce::scenario
