#pragma once

#include "scenario/constructs/effect.hpp"
#include "scenario/constructs/entity_kind.hpp"

namespace truce::scenario {

/// Self-excitation of an incident (a Hawkes process with an exponential kernel).
struct Excitation {
  Position position;
  Expression jump, decay;
};

template <>
struct Room<Excitation> {
  static constexpr std::tuple rows = {
      row("jump", must, Purpose::rate, "added to the intensity at each occurrence",
          &Excitation::jump),
      row("decay", must, Purpose::rate, "at which that decays", &Excitation::decay)};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "excites", .keys = keys, .naming = Naming::owner};
};

/// A violation of the ceasefire, or a shock from outside.
struct Incident {
  Name name;
  std::optional<Name> by, to;
  std::optional<Expression> rate, condition, severity;
  std::optional<Excitation> excites;
  std::optional<Name> breach, stream;
  std::vector<Effect> effects;
};

template <>
struct Room<Incident> {
  static constexpr std::array<std::string_view, 1> events = {"occurred"};
  static constexpr EntityKind entity{.word = "incident", .section = "incidents", .events = events};
  static constexpr std::tuple rows = {
      row("by", may, Refers::party, "who does it", &Incident::by),
      row("to", may, Refers::party, "whom it is done to", &Incident::to),
      row("rate", may, Purpose::rate, "base rate; without it only effects and retaliation cause it",
          &Incident::rate),
      row("severity", may, Purpose::share, "drawn at each occurrence; default 1",
          &Incident::severity),
      row("excites", may, "self-excitation: jump and decay", &Incident::excites),
      row("while", may, Purpose::condition, "it can happen only while this holds; default: active",
          &Incident::condition),
      row("breach", may, Refers::policy, "policy of the party that it is done to",
          &Incident::breach),
      row("stream", may, Refers::stream, "names its random numbers; default: its own name",
          &Incident::stream),
      row("do", may, "what it does", &Incident::effects),
      summary_row(),
      source_row()};
  static constexpr std::array keys = keys_of(rows);
  static constexpr KeyTable table{.what = "incident", .keys = keys};
};

}  // namespace truce::scenario
