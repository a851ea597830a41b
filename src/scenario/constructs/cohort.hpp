#pragma once

#include "scenario/constructs/entity_kind.hpp"
#include "scenario/constructs/row.hpp"

namespace truce::scenario {

/// A group of people held.
struct Cohort {
  Name name;
  Name held_by;
  std::optional<Expression> living, remains, held, mortality;
};

template <>
struct Room<Cohort> {
  static constexpr std::array<std::string_view, 3> events = {"death", "release", "capture"};
  static constexpr EntityKind entity{
      .word = "cohort", .section = "cohorts", .unused = "is not used", .events = events};
  static constexpr std::tuple rows = {
      row("held_by", must, Refers::party, "the party that holds them", &Cohort::held_by),
      row("living", may, Purpose::count, "living persons at day 0; may be a distribution",
          &Cohort::living),
      row("remains", may, Purpose::count, "remains held at day 0", &Cohort::remains),
      row("held", may, Purpose::count, "living and remains together: those not living are remains",
          &Cohort::held),
      row("mortality", may, Purpose::rate, "hazard of death per living person", &Cohort::mortality),
      summary_row(),
      source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{
      .what = "cohort", .keys = keys, .example = "{held_by: PARTY, living: 10}"};
};

}  // namespace truce::scenario
