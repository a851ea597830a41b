#include "cli/why_source.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>

#include "base/limits.hpp"
#include "base/shell_word.hpp"
#include "engine/random.hpp"
#include "results/conditioned.hpp"
#include "study/run.hpp"

namespace truce::cli {

namespace {

bool is_hdf5(const std::string& path) {
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  std::array<char, signature.size()> start{};
  std::ifstream file(path, std::ios::binary);
  file.read(start.data(), start.size());
  return file && std::string_view(start.data(), start.size()) == signature;
}

/// "cairo.yaml" of "truce run cairo.yaml --trials 10 ...".
std::string scenario_of(const std::string& command) {
  constexpr std::string_view verb = "truce run ";
  const auto end = command.find(" --");
  if (!command.starts_with(verb) || end == std::string::npos) return "scenario.yaml";
  return command.substr(verb.size(), end - verb.size());
}

study::RunCommand command_of(const results::Schema& schema) {
  study::RunCommand command{.scenario = scenario_of(schema.command_line),
                            .precision = {},
                            .seed = std::to_string(schema.seed),
                            .set = {}};
  for (const results::RunParameter& parameter : schema.parameters) {
    if (parameter.origin == results::Origin::set) {
      command.set.emplace_back(parameter.name, parameter.value);
    }
    command.uncertain = command.uncertain || parameter.origin == results::Origin::drawn;
  }
  return command;
}

std::optional<WhySource> source_of_file(const ScenarioOptions& options) {
  const auto refuse = [&](const std::string& why) {
    print_error(fmt::format("{}: {}", options.path, why));
    return std::nullopt;
  };
  if (!options.set.empty() || options.uncertain || options.seed != "1") {
    return refuse(
        "is a file of results, which says its own seed, --set and --uncertain; leave them out, or "
        "give the scenario");
  }
  results::RunReader file(options.path);
  const results::Schema& schema = file.schema();
  if (results::read_conditioned(options.path)) {
    return refuse(
        "its trials were chosen by what is known (truce condition), and are no trials of a run; "
        "give the scenario");
  }
  const study::RunCommand command = command_of(schema);
  if (schema.random_generator != engine::random_generator) {
    return refuse(fmt::format(
        "was drawn by another generator ({}); its trials cannot be replayed: run its scenario "
        "again",
        schema.random_generator));
  }
  scenario::Diagnostics diagnostics;
  auto loaded = scenario::load_text(schema.scenario_yaml, options.path, command.set, diagnostics);
  if (!loaded) {
    print(diagnostics);
    return refuse(
        "the scenario that it holds cannot be compiled by this program; tables are looked for "
        "beside the file");
  }
  model::SimulatorSettings settings;
  settings.seed = schema.seed;
  settings.parameters =
      command.uncertain ? model::ParameterSource::from_priors : model::ParameterSource::point;
  const study::RunSettings run{.trials = schema.trials, .simulator = settings};
  if (study::schema_of(*loaded, run, "").inputs != schema.inputs) {
    return refuse("the tables beside it are not those that it was run with");
  }
  return WhySource{.loaded = std::move(*loaded),
                   .settings = settings,
                   .name = command.scenario,
                   .setting_options = study::settings_text(command),
                   .file = std::move(file)};
}

}  // namespace

std::uint64_t WhySource::trials() const {
  return file ? file->summary().trials : base::trial_numbers;
}

std::optional<WhySource> why_source(const ScenarioOptions& options) {
  if (is_hdf5(options.path)) return source_of_file(options);
  auto loaded = options.load();
  const auto settings = options.simulator();
  if (!loaded || !settings) return std::nullopt;
  ScenarioOptions its = options;
  its.seed = std::to_string(settings->seed);
  const study::RunCommand command = its.command();
  return WhySource{
      .loaded = std::move(*loaded),
      .settings = *settings,
      .name = base::shell_word(std::filesystem::path(command.scenario).filename().string()),
      .setting_options = study::settings_text(command),
      .file = std::nullopt};
}

}  // namespace truce::cli
