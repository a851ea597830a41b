#pragma once

#include "scenario/constructs/effect.hpp"
#include "scenario/constructs/entity_kind.hpp"

namespace truce::scenario {

class MappingReader;

/// An entry of `due`: `{day, count}` or `{every, from, to, count}`.
struct DueEntry {
  Position position;
  std::optional<Expression> day, every, from, to;
  std::optional<Expression> count;  ///< absent for `rest` and for tranches of effects
  bool rest = false;
};

template <>
struct Room<DueEntry> {
  static constexpr bool list = true;
  static constexpr std::tuple rows = {
      row("day", may, Purpose::duration, "days from the phase's beginning", &DueEntry::day),
      row("every", may, Purpose::duration, "step of a series", &DueEntry::every),
      row("from", may, Purpose::duration, "first of the series; default: one step",
          &DueEntry::from),
      row("to", may, Purpose::duration,
          "last of the series; default: as long as the phase is active", &DueEntry::to),
      row("count", may, Purpose::count, "persons, or 'rest'", &DueEntry::count)};
  static constexpr std::array keys = keys_of(rows);
  static constexpr std::array<std::string_view, 2> kinds = {"day", "every"};
  static constexpr KeyTable table{.what = "due entry",
                                  .keys = keys,
                                  .naming = Naming::owner,
                                  .one_of = kinds,
                                  .example = "{day: 7, count: 5}"};
  static void finish(MappingReader& in, DueEntry& entry);
};

enum class Failure { late, partial, refuse };

template <>
inline constexpr std::array words_of<Failure> = {Word{"late", Failure::late},
                                                 Word{"partial", Failure::partial},
                                                 Word{"refuse", Failure::refuse}};

template <>
inline constexpr std::array words_of<model::Upon> = {Word{"fulfilled", model::Upon::fulfilled},
                                                     Word{"performed", model::Upon::performed}};

/// What one party owes another: a schedule, or answers to another obligation.
struct Obligation {
  Name name;
  Name by;
  std::optional<Name> to;
  std::optional<Name> release;  ///< a cohort, or `COHORT.remains`
  std::optional<std::vector<Effect>> effects;
  std::vector<DueEntry> due;
  std::optional<Position> due_position;  ///< of the key, where it is written
  bool singly = false;
  std::optional<Name> against;
  std::optional<Expression> ratio, count, lag;
  std::optional<model::Upon> upon;
  std::optional<Expression> requires_, comply, late_by, partial_share, share, tolerance, takes,
      grace;
  Weights<Failure> otherwise;
  std::optional<Name> verified_by, breach;
  std::optional<Name> stream;  ///< names its random streams, in place of `name`
};

template <>
struct Room<Obligation> {
  using O = Obligation;
  static constexpr std::array<std::string_view, 5> events = {"performed", "fulfilled", "breached",
                                                             "remedied", "voided"};
  static constexpr EntityKind entity{.word = "obligation", .section = "phases", .events = events};
  static constexpr std::tuple rows = {
      row("by", must, Refers::party, "the party that owes", &O::by),
      row("to", may, Refers::party, "the party that it is owed to; default: the other principal",
          &O::to),
      row("release", may, Refers::persons, "a cohort, or COHORT.remains", &O::release),
      row("effects", may, "what performance does, where it is no release", &O::effects),
      row("due", may, "when tranches fall due, and their counts", &O::due),
      row("singly", may, "each person is a tranche of its own", &O::singly),
      row("against", may, Refers::obligation, "the obligation whose tranches this one answers",
          &O::against),
      row("ratio", may, Purpose::share, "persons per person performed there; default 1", &O::ratio),
      row("count", may, Purpose::count, "a lump sum per tranche, in place of a ratio", &O::count),
      row("upon", may, "'fulfilled' (default) or 'performed'", &O::upon),
      row("lag", may, Purpose::duration, "from that tranche to the answer's falling due", &O::lag),
      row("requires", may, Purpose::condition, "while it is false, due tranches wait",
          &O::requires_),
      row("comply", may, Purpose::probability,
          "that a tranche is given in full and in time; default 1", &O::comply),
      row("otherwise", may, Purpose::weight, "weights of late, partial, refuse; default refuse",
          &O::otherwise),
      row("late_by", may, Purpose::duration, "lateness of a late tranche", &O::late_by),
      row("partial_share", may, Purpose::share, "share delivered of a partial tranche",
          &O::partial_share),
      row("share", may, Purpose::share, "share delivered when complying or late; default 1",
          &O::share),
      row("tolerance", may, Purpose::number, "delivered share that counts as full; default 1",
          &O::tolerance),
      row("takes", may, Purpose::duration, "from decision to performance; default 0", &O::takes),
      row("grace", may, Purpose::duration, "lateness that is no breach; default 0", &O::grace),
      row("verified_by", may, Refers::verification, "who checks; default: seen at once, as it is",
          &O::verified_by),
      row("breach", may, Refers::policy, "policy of the party that it is owed to; default: none",
          &O::breach),
      row("stream", may, Refers::stream, "names its random numbers; default: its own name",
          &O::stream),
      summary_row(),
      source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr std::array<std::string_view, 2> deliveries = {"release", "effects"};
  static constexpr KeyTable table{.what = "obligation", .keys = keys, .one_of = deliveries};
  static void finish(MappingReader& in, Obligation& obligation);
};

}  // namespace truce::scenario
