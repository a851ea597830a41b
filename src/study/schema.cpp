#include <algorithm>
#include <limits>
#include <stdexcept>

#include "base/elementary.hpp"
#include "engine/random.hpp"
#include "scenario/document.hpp"
#include "study/run.hpp"
#include "study/version.hpp"

namespace truce::study {

namespace {

/// Whether the longer a trial is observed the more there can be of it.
bool sums_over_time(const model::Model& model, const model::Column& column) {
  if (column.source == model::ColumnSource::measure) {
    return model.measures[column.measure].kind == model::MeasureKind::integral;
  }
  return column.source == model::ColumnSource::expression &&
         column.kind == model::Column::Kind::integer;
}

results::ColumnKind kind_of(model::Column::Kind kind) {
  switch (kind) {
    case model::Column::Kind::real:
      return results::ColumnKind::real;
    case model::Column::Kind::integer:
      return results::ColumnKind::integer;
    case model::Column::Kind::boolean:
      return results::ColumnKind::boolean;
    case model::Column::Kind::category:
      return results::ColumnKind::category;
  }
  throw std::logic_error("a column has no kind");
}

results::Column column_of(const model::Model& model, const model::Column& column) {
  results::Column result{.name = column.name,
                         .kind = kind_of(column.kind),
                         .unit = column.unit,
                         .summary = column.summary};
  result.event_time = column.source == model::ColumnSource::measure &&
                      model.measures[column.measure].kind == model::MeasureKind::first;
  result.until_ending = (column.at_ending || model.observe == model::Observe::ending) &&
                        sums_over_time(model, column);
  if (column.source == model::ColumnSource::ending) {
    result.labels.assign(model.endings.begin(), model.endings.end());
  } else if (column.source == model::ColumnSource::cause) {
    result.labels.assign(model.causes.begin(), model.causes.end());
  }
  return result;
}

std::vector<results::RunParameter> parameters_of(const model::Model& model,
                                                 model::ParameterSource from) {
  std::vector<results::RunParameter> result;
  for (const auto& [name, value] : model::point_parameters(model)) {
    const model::Parameter& parameter = model.parameters[result.size()];
    if (from == model::ParameterSource::from_priors && parameter.drawn) {
      constexpr double none = std::numeric_limits<double>::quiet_NaN();
      result.push_back({name, none, results::Origin::drawn});
    } else {
      result.push_back(
          {name, value, parameter.fixed ? results::Origin::set : results::Origin::scenario});
    }
  }
  return result;
}

}  // namespace

std::vector<results::Column> columns_of(const model::Model& model) {
  std::vector<results::Column> columns;
  for (const model::Column& column : model.columns) columns.push_back(column_of(model, column));
  return columns;
}

results::Schema schema_of(const scenario::Loaded& loaded, const RunSettings& settings,
                          const std::string& command_line) {
  return schema_of(loaded.scenario, loaded.model, settings, command_line);
}

results::Schema schema_of(const scenario::Scenario& scenario, const model::Model& model,
                          const RunSettings& settings, const std::string& command_line) {
  results::Schema schema;
  schema.title = scenario.name;
  schema.summary = scenario.summary;
  schema.start_date = scenario.start;
  schema.seed = settings.simulator.seed;
  schema.trials = settings.trials;
  schema.keep = settings.keep;
  schema.random_generator = engine::random_generator;
  schema.arithmetic = base::elementary::version;
  schema.program_version = program_version();
  schema.git_revision = git_revision();
  schema.build = build_description();
  schema.scenario_yaml = scenario::to_yaml(scenario.document);
  schema.command_line = command_line;
  schema.parameters = parameters_of(model, settings.simulator.parameters);
  schema.sources = scenario.sources;
  for (std::size_t t = 0; t < model.tables.size(); ++t) {
    const model::TableInfo& table = model.tables[t];
    results::Input input{table.file, table.column, model.program.tables[t]};
    if (std::ranges::find(schema.inputs, input) == schema.inputs.end()) {
      schema.inputs.push_back(std::move(input));
    }
  }
  schema.horizon = model::horizon_of(model);
  schema.columns = columns_of(model);
  for (const model::TimelineInfo& timeline : model.timelines) {
    schema.timelines.push_back({.name = timeline.name, .integer = timeline.integer});
  }
  return schema;
}

}  // namespace truce::study
