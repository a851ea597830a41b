#pragma once

#include "model/model.hpp"
#include "scenario/constructs/row.hpp"
#include "scenario/constructs/visitor.hpp"

namespace truce::scenario {

/// A way to measure a trial: what is written, and what becomes of it.
struct OutcomeForm {
  /// The column's type: that of the expression, or a real number whatever is measured.
  enum class Type { of_expression, real };
  Key key;
  std::optional<model::MeasureKind> measure;  ///< none: read once, at the end
  Type type;
  std::string_view unit;  ///< where none is written
};

namespace detail {

constexpr OutcomeForm outcome(std::string_view name, Purpose purpose, std::string_view summary,
                              std::optional<model::MeasureKind> measure, OutcomeForm::Type type,
                              std::string_view unit = "1") {
  return {
      {.name = name, .kind = ValueKind::value, .need = may, .summary = summary, .purpose = purpose},
      measure,
      type,
      unit};
}

}  // namespace detail

inline constexpr std::array outcome_forms = {
    tested(detail::outcome("value", Purpose::measured, "at the trial's end", {},
                           OutcomeForm::Type::of_expression),
           "verification/observation.cpp", "values at the horizon and the ending"),
    tested(detail::outcome("first", Purpose::condition, "time when it first held",
                           model::MeasureKind::first, OutcomeForm::Type::real, "day"),
           "verification/triggers.cpp", "exact times, and what never came"),
    tested(detail::outcome("integral", Purpose::measured, "over time", model::MeasureKind::integral,
                           OutcomeForm::Type::real),
           "verification/triggers.cpp", "exact areas"),
    tested(detail::outcome("peak", Purpose::measured, "largest value", model::MeasureKind::peak,
                           OutcomeForm::Type::of_expression),
           "verification/triggers.cpp", "exact values"),
    tested(detail::outcome("trough", Purpose::measured, "smallest value",
                           model::MeasureKind::trough, OutcomeForm::Type::of_expression),
           "verification/triggers.cpp", "exact values")};

/// When an outcome is read, where that is not the trial's end.
enum class Moment { ending };

template <>
inline constexpr std::array words_of<Moment> = {Word{"ending", Moment::ending}};

/// What is measured of every trial.
struct Outcome {
  Name name;
  const OutcomeForm* form = outcome_forms.data();
  Expression expression;
  std::optional<Moment> at;
  std::string unit, summary;
};

class MappingReader;

template <>
struct Room<Outcome> {
  static constexpr std::tuple rows = {
      row("at", may, "'ending': as it is when the ending is reached", &Outcome::at),
      row("unit", may, "unit", &Outcome::unit),
      row("summary", may, summary_row().key.summary, &Outcome::summary), source_row()};
  static constexpr std::array names = names_of(outcome_forms);
  static constexpr std::array keys = keys_of(outcome_forms, rows);
  static constexpr KeyTable table{
      .what = "outcome", .keys = keys, .one_of = names, .example = "{value: guests.freed}"};
  static void finish(MappingReader& in, Outcome& outcome);
  static void walk(const Outcome& outcome, Visitor& visitor) {
    visitor.expression(outcome.form->key, outcome.expression);
  }
};

/// An expression that is sampled at every whole day.
struct Timeline {
  Name name;  ///< the text of its expression where none is given
  Expression expression;
};

template <>
struct Room<Timeline> {
  static constexpr std::string_view what = "timeline";
  static constexpr bool list = true;
  static constexpr Key key{.name = what,
                           .kind = ValueKind::value,
                           .need = must,
                           .summary = {},
                           .purpose = Purpose::measured};
  static void read(const Node& node, const std::string& owner, Diagnostics& diagnostics,
                   std::vector<Timeline>& into);
  static void walk(const Timeline& timeline, Visitor& visitor) {
    visitor.expression(key, timeline.expression);
  }
};

}  // namespace truce::scenario
