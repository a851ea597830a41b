#include <fmt/format.h>

#include <algorithm>

#include "model/simulator.hpp"
#include "scenario/expressions/folding.hpp"
#include "scenario/observed.hpp"

namespace truce::scenario {

namespace {

void check_horizon(double horizon, Observed& observed, Diagnostics& diagnostics) {
  double latest = -1;
  for (const Fact& fact : observed.record->known) {
    if (fact.dated) latest = std::max(latest, fact.end);
  }
  for (std::size_t i = 0; i < observed.facts.size(); ++i) {
    KnownFact& fact = observed.facts[i];
    if (!observed.record->known[i].dated) fact.end = latest < 0 ? horizon : latest;
    if (fact.end <= horizon) continue;
    diagnostics.error(fact.position, fmt::format("the fact is of day {}", fact.end),
                      fmt::format("the scenario's horizon is day {}", horizon),
                      "remove the fact, or give the scenario a later horizon");
  }
  for (const Series& series : observed.record->series) {
    if (series.days.empty() || series.days.back() <= horizon) continue;
    diagnostics.warning(
        series.name.position,
        fmt::format("series '{}' goes on to day {}", series.name.text, series.days.back()),
        fmt::format("the scenario's horizon is day {}, and what is later is not used", horizon));
  }
}

/// The labels of an ending or a cause; empty for other columns.
std::vector<std::string> labels_of(const model::Model& model, const model::Column& column) {
  if (column.source == model::ColumnSource::ending) {
    return {model.endings.begin(), model.endings.end()};
  }
  if (column.source == model::ColumnSource::cause) {
    return {model.causes.begin(), model.causes.end()};
  }
  return {};
}

void check_value(const model::Model& model, const model::Column& column,
                 const RecordedOutcome& outcome, Diagnostics& diagnostics) {
  const std::string& name = outcome.name.text;
  const auto labels = labels_of(model, column);
  if (!labels.empty()) {
    if (!outcome.is) {
      diagnostics.error(outcome.name.position, fmt::format("'{}' has no bounds", name),
                        "it is a label", fmt::format("write one of {}", fmt::join(labels, ", ")));
    } else if (outcome.is->kind != Expression::Kind::name ||
               std::ranges::find(labels, outcome.is->text) == labels.end()) {
      diagnostics.error(outcome.is->position,
                        fmt::format("'{}' is nothing that trials of this scenario come to", name),
                        {}, name_hint(outcome.is->text, labels));
    }
    return;
  }
  const bool yes_or_no = outcome.is && outcome.is->kind == Expression::Kind::boolean;
  if (yes_or_no && column.kind != model::Column::Kind::boolean) {
    diagnostics.error(outcome.is->position, fmt::format("'{}' is a number", name), {},
                      "write a number");
  }
  for (const auto& value : {outcome.is, outcome.at_least, outcome.at_most}) {
    if (!value || value->kind == Expression::Kind::boolean || constant_value(*value)) continue;
    diagnostics.error(value->position, fmt::format("the value of '{}' is no plain number", name),
                      "what is on record does not depend on a trial");
  }
}

}  // namespace

void check_observed(const model::Model& model, Observed& observed, Diagnostics& diagnostics) {
  check_horizon(model::horizon_of(model), observed, diagnostics);
  std::vector<std::string> names;
  for (const model::Column& column : model.columns) names.push_back(column.name);
  for (const RecordedOutcome& outcome : observed.record->outcomes) {
    const auto at = std::ranges::find(model.columns, outcome.name.text, &model::Column::name);
    if (at == model.columns.end()) {
      diagnostics.error(outcome.name.position,
                        fmt::format("unknown outcome {}", shown(outcome.name.text)), {},
                        name_hint(outcome.name.text, names));
      continue;
    }
    check_value(model, *at, outcome, diagnostics);
  }
}

}  // namespace truce::scenario
