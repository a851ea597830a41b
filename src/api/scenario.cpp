#include "truce/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "api/scenario_state.hpp"
#include "results/schema_check.hpp"
#include "study/rehearsal.hpp"
#include "study/run.hpp"
#include "study/run_command.hpp"

namespace truce {

namespace {

using Load = std::optional<scenario::Loaded> (*)(const std::string&, const std::string&,
                                                 const scenario::Overrides&,
                                                 scenario::Diagnostics&);

/// As the program takes them. Throws Error for what is no number.
Values checked(const Values& set) {
  Values values;
  for (const auto& [name, value] : set) {
    if (!std::isfinite(value)) {
      throw Error(fmt::format("--set: error: '{}' is {} (it needs a finite number)", name, value));
    }
    values.emplace(name, value + 0.0);  // without the sign of a zero, which is no other number
  }
  return values;
}

scenario::Overrides overrides_of(const Values& set) {
  return {set.begin(), set.end()};
}

/// All findings, where they leave something to run. Throws Error where they do not.
std::string warnings_of(const scenario::Diagnostics& diagnostics, bool compiled) {
  std::string findings = diagnostics.text();
  while (findings.ends_with('\n')) findings.pop_back();
  if (!compiled || diagnostics.has_errors()) throw Error(findings);
  return findings;
}

std::shared_ptr<const Scenario::State> state_of(const std::string& text, const std::string& file,
                                                const Values& asked, Load load) {
  scenario::Diagnostics diagnostics;
  const Values set = checked(asked);
  auto loaded = load(text, file, overrides_of(set), diagnostics);
  if (loaded) study::check_storage(*loaded, diagnostics);
  std::string warnings = warnings_of(diagnostics, loaded.has_value());
  return std::make_shared<const Scenario::State>(
      Scenario::State{std::make_shared<const scenario::Scenario>(std::move(loaded->scenario)),
                      std::move(loaded->model), file, !text.empty(), set, std::move(warnings)});
}

void collect_files(const scenario::Node& node, std::set<std::string>& files) {
  if (node.position.file) files.insert(*node.position.file);
  for (const scenario::Node& item : node.items) collect_files(item, files);
  for (const auto& entry : node.entries) {
    if (entry.key_position.file) files.insert(*entry.key_position.file);
    collect_files(entry.value, files);
  }
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
  return study::schema_of(*state.description, state.model,
                          {.trials = options.trials, .simulator = simulator_of(options)},
                          study::text_of(command));
}

Outcome outcome_of(const results::Column& column) {
  return {.name = column.name,
          .kind = kind_of(column.kind),
          .unit = results::stored_unit(column.unit),
          .summary = column.summary,
          .may_never_come = column.event_time,
          .until_ending = column.until_ending};
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

// Of what is checked beside the model nothing depends on values but the horizon, which the compiler
// keeps to what a file can hold.
Scenario Scenario::with(const Values& asked) const {
  scenario::Diagnostics diagnostics;
  const Values set = checked(asked);
  auto model = scenario::compile(*state_->description, overrides_of(set), diagnostics);
  std::string warnings = warnings_of(diagnostics, model.has_value());
  return Scenario(
      std::make_shared<const State>(State{state_->description, std::move(*model), state_->file,
                                          state_->from_text, set, std::move(warnings)}));
}

std::string Scenario::title() const {
  return state_->description->name;
}

double Scenario::horizon() const {
  return model::horizon_of(state_->model);
}

std::vector<Parameter> Scenario::parameters() const {
  std::vector<Parameter> all;
  const auto values = model::point_parameters(state_->model);
  for (std::size_t i = 0; i < values.size(); ++i) {
    all.push_back({values[i].first, values[i].second, state_->model.parameters[i].drawn});
  }
  return all;
}

std::vector<Outcome> Scenario::outcomes() const {
  std::vector<Outcome> all;
  for (const auto& column : study::columns_of(state_->model)) {
    all.push_back(api::outcome_of(column));
  }
  return all;
}

const std::string& Scenario::warnings() const {
  return state_->warnings;
}

std::vector<std::filesystem::path> Scenario::files() const {
  std::set<std::string> files;
  const scenario::Node& document = state_->description->document;
  collect_files(document, files);
  if (state_->from_text) files.erase(state_->file);
  std::vector<std::filesystem::path> all(files.begin(), files.end());
  // A table is beside the file that names it, which is any of these.
  for (const model::TableInfo& table : state_->model.tables) {
    std::set<std::string> names = files;
    names.insert(state_->file);
    for (const std::string& file : names) {
      const auto path = std::filesystem::path(file).parent_path() / table.file;
      std::error_code error;
      if (std::filesystem::exists(path, error) && std::ranges::find(all, path) == all.end()) {
        all.push_back(path);
      }
    }
  }
  return all;
}

}  // namespace truce
