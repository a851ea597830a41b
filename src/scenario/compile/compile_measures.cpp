#include <fmt/format.h>

#include "scenario/compile/compiler.hpp"

namespace truce::scenario {

using model::Column;
using model::MeasureKind;

model::MeasureId Compiler::add_measure(MeasureKind kind, const Bound& bound) {
  const model::MeasureId id = model_.measures.add({.kind = kind, .expression = bound.expr});
  watchers_.add(model::WatcherKind::measure, id, bound);
  return id;
}

void Compiler::add_expression(const std::string& name, Column::Kind kind, const std::string& unit,
                              const std::string& summary, model::Expr expression) {
  model_.columns.push_back({.name = name,
                            .kind = kind,
                            .unit = unit,
                            .summary = summary,
                            .source = model::ColumnSource::expression,
                            .expression = expression});
}

void Compiler::add_integral(const std::string& name, const std::string& unit,
                            const std::string& summary, const Bound& bound) {
  model_.columns.push_back({.name = name,
                            .kind = Column::Kind::real,
                            .unit = unit,
                            .summary = summary,
                            .source = model::ColumnSource::measure,
                            .measure = add_measure(MeasureKind::integral, bound)});
}

void Compiler::compile_outcomes() {
  model_.columns.push_back({.name = "ending",
                            .kind = Column::Kind::category,
                            .unit = "1",
                            .summary = "how the trial ended",
                            .source = model::ColumnSource::ending});
  model_.columns.push_back({.name = "cause",
                            .kind = Column::Kind::category,
                            .unit = "1",
                            .summary = "first cause of collapse",
                            .source = model::ColumnSource::cause});
  model_.columns.push_back({.name = "duration",
                            .kind = Column::Kind::real,
                            .unit = "day",
                            .summary = "time of the ending",
                            .source = model::ColumnSource::duration});
  for (const Outcome& outcome : scenario_.outcomes) {
    const std::string& name = outcome.name.text;
    const OutcomeForm& form = *outcome.form;
    const Bound bound =
        binder_.bind(outcome.expression, form.key.purpose, "outcomes." + name, name);
    Column column{.name = name, .unit = outcome.unit, .summary = outcome.summary};
    if (column.unit.empty()) column.unit = form.unit;
    column.at_ending = outcome.at.has_value();
    if (form.type == OutcomeForm::Type::of_expression) {
      const bool yes_or_no = bound.type == Type::boolean;
      column.kind = yes_or_no && !form.measure   ? Column::Kind::boolean
                    : yes_or_no || bound.integer ? Column::Kind::integer
                                                 : Column::Kind::real;
    }
    if (form.measure) {
      column.source = model::ColumnSource::measure;
      column.measure = add_measure(*form.measure, bound);
    } else {
      column.expression = bound.expr;
    }
    model_.columns.push_back(std::move(column));
  }
}

void Compiler::measure_counts(const std::string& name, model::EventId event,
                              const std::string& unit, const std::string& summary) {
  add_expression(name, Column::Kind::integer, unit, summary,
                 reading(model_.events[event].count).expr);
}

void Compiler::measure_always() {
  const auto persons = [&](const std::string& name, model::VariableId variable,
                           const std::string& summary) {
    add_expression(name, Column::Kind::integer, "person", summary, reading(variable).expr);
  };
  std::unordered_set<std::string> captured;
  for_each_effect(scenario_, [&](const Effect& effect) {
    if (effect.kind != model::EffectKind::capture) return;
    for (const auto& [name, value] : effect.assignments) captured.insert(name.text);
  });
  for (const model::Cohort& cohort : model_.cohorts) {
    persons(cohort.name + ".freed", cohort.freed, "persons freed alive");
    persons(cohort.name + ".returned", cohort.returned, "remains given back");
    persons(cohort.name + ".died", cohort.died, "deaths in captivity");
    if (captured.contains(cohort.name)) {
      persons(cohort.name + ".captured", cohort.captured, "persons captured");
    }
    add_integral(cohort.name + ".person_days", "person day", "person-days held, living",
                 reading(cohort.living_now));
  }
  for (const Phase& written : scenario_.phases) {
    const std::string& name = written.name.text;
    const model::Phase& phase = model_.phases[find(phases_, name)];
    // A count serves as truth: not zero is yes.
    add_expression(name + ".reached", Column::Kind::boolean, "1", "whether the phase began",
                   reading(model_.events[phase.started].count).expr);
    add_integral(name + ".days", "day", "time in the phase", reading(phase.active));
  }
  for (const model::Obligation& obligation : model_.obligations) {
    const std::string& name = obligation.name;
    measure_counts(name + ".performed", obligation.performed, "1", "tranches performed");
    measure_counts(name + ".fulfilled", obligation.fulfilled, "1", "tranches seen as fulfilled");
    measure_counts(name + ".breached", obligation.breached, "1", "tranches seen as breached");
    const bool of_persons = obligation.delivery != model::Delivery::effects;
    const auto amount = [&](const char* part, model::VariableId variable, const char* summary) {
      add_expression(name + part, of_persons ? Column::Kind::integer : Column::Kind::real,
                     of_persons ? "person" : "1", summary, reading(variable).expr);
    };
    amount(".delivered", obligation.delivered, "delivered, in truth");
    amount(".missing", obligation.missing, "due and not given, in truth");
  }
  for (const Incident& incident : scenario_.incidents) {
    const model::IncidentId id = find(incidents_, incident.name.text);
    measure_counts(incident.name.text + ".occurred", model_.incidents[id].occurred, "1",
                   "occurrences");
  }
  measure_counts("disputes.opened", model_.dispute_opened, "1", "disputes opened");
  measure_counts("disputes.settled", model_.dispute_settled, "1", "disputes settled");
  add_integral("days_suspended", "day", "time with a party suspended or an obligation held",
               reading(model_.restrained));
}

void Compiler::compile_timelines() {
  model_.first_timeline = model::MeasureId{model_.measures.size()};
  for (const Timeline& timeline : scenario_.timelines) {
    const std::string& name = timeline.name.text;
    const Bound bound =
        binder_.bind(timeline.expression, Room<Timeline>::key.purpose, "timelines." + name, name);
    add_measure(MeasureKind::timeline, bound);
    model_.timelines.push_back(
        {.name = name, .integer = bound.integer || bound.type == Type::boolean});
  }
}

}  // namespace truce::scenario
