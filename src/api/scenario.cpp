#include "truce/scenario.hpp"

#include "api/scenario_state.hpp"
#include "study/rehearsal.hpp"
#include "study/run.hpp"
#include "study/run_command.hpp"

namespace truce {

namespace {

using Load = std::optional<scenario::Loaded> (*)(const std::string&, const std::string&,
                                                 const scenario::Overrides&,
                                                 scenario::Diagnostics&);

std::shared_ptr<const Scenario::State> state_of(const std::string& text, const std::string& file,
                                                const Values& set, Load load) {
  scenario::Diagnostics diagnostics;
  const scenario::Overrides overrides(set.begin(), set.end());
  auto loaded = load(text, file, overrides, diagnostics);
  if (loaded) study::check_storage(*loaded, diagnostics);
  std::string findings = diagnostics.text();
  while (findings.ends_with('\n')) findings.pop_back();
  if (!loaded || diagnostics.has_errors()) throw Error(findings);
  return std::make_shared<const Scenario::State>(
      Scenario::State{std::move(*loaded), file, set, std::move(findings)});
}

OutcomeKind kind_of(results::ColumnKind kind) {
  switch (kind) {
    case results::ColumnKind::integer:
      return OutcomeKind::whole;
    case results::ColumnKind::boolean:
      return OutcomeKind::yes_no;
    case results::ColumnKind::category:
      return OutcomeKind::category;
    case results::ColumnKind::real:
      break;
  }
  return OutcomeKind::real;
}

}  // namespace

namespace api {

model::SimulatorSettings simulator_of(const RunOptions& options) {
  model::SimulatorSettings settings;
  settings.seed = options.seed;
  settings.parameters =
      options.uncertain ? model::ParameterSource::from_priors : model::ParameterSource::point;
  return settings;
}

results::Schema schema_of(const Scenario::State& state, const RunOptions& options) {
  const study::RunCommand command{.scenario = state.file,
                                  .trials = options.trials,
                                  .precision = {},
                                  .seed = std::to_string(options.seed),
                                  .set = {state.set.begin(), state.set.end()},
                                  .uncertain = options.uncertain};
  return study::schema_of(state.loaded,
                          {.trials = options.trials, .simulator = simulator_of(options)},
                          study::text_of(command));
}

Outcome outcome_of(const results::Column& column) {
  return {column.name, kind_of(column.kind), column.unit, column.summary};
}

}  // namespace api

Scenario::Scenario(std::shared_ptr<const State> state) : state_(std::move(state)) {}

Scenario Scenario::load(const std::filesystem::path& path, const Values& set) {
  return Scenario(
      state_of({}, path.string(), set,
               [](const std::string&, const std::string& file, const auto& overrides,
                  auto& diagnostics) { return scenario::load(file, overrides, diagnostics); }));
}

Scenario Scenario::parse(const std::string& text, const Values& set, const std::string& name) {
  return Scenario(state_of(text, name, set, scenario::load_text));
}

std::string Scenario::title() const {
  return api::schema_of(*state_, {}).title;
}

double Scenario::horizon() const {
  return model::horizon_of(state_->loaded.model);
}

std::vector<Parameter> Scenario::parameters() const {
  std::vector<Parameter> all;
  const auto values = model::point_parameters(state_->loaded.model);
  for (std::size_t i = 0; i < values.size(); ++i) {
    all.push_back({values[i].first, values[i].second, state_->loaded.model.parameters[i].drawn});
  }
  return all;
}

std::vector<Outcome> Scenario::outcomes() const {
  std::vector<Outcome> all;
  for (const auto& column : api::schema_of(*state_, {}).columns) {
    all.push_back(api::outcome_of(column));
  }
  return all;
}

const std::string& Scenario::warnings() const {
  return state_->warnings;
}

}  // namespace truce
