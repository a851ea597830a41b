#include "cli/scenario_options.hpp"

#include <fmt/format.h>

#include <random>

#include "base/number.hpp"
#include "cli/streams.hpp"

namespace truce::cli {

namespace {

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

void ScenarioOptions::add_to(CLI::App& verb) {
  verb.add_option("scenario", path, "scenario file (YAML)")->required();
  verb.add_option("--set", set, "value of a parameter, NAME=VALUE; may be repeated")
      ->allow_extra_args(false);
  verb.add_option("-s,--seed", seed, "seed of the random streams, or 'random'")
      ->capture_default_str();
  verb.add_flag("--uncertain", uncertain, "draw each trial's parameters from their priors");
}

study::RunCommand ScenarioOptions::command() const {
  return {.scenario = path,
          .precision = {},
          .seed = seed,
          .set = overrides().value_or(scenario::Overrides{}),
          .uncertain = uncertain};
}

std::optional<scenario::Overrides> ScenarioOptions::overrides() const {
  scenario::Overrides values;
  for (const std::string& item : set) {
    const auto equals = item.find('=');
    const auto value =
        equals == std::string::npos
            ? std::optional<double>{}
            : base::finite_number(trimmed(std::string_view(item).substr(equals + 1)));
    if (!value) {
      print_error(fmt::format(
          "--set {}: expected NAME=VALUE with a number{}", scenario::shown(item),
          equals == std::string::npos                   ? ", without blanks around '='"
          : item.find(',', equals) != std::string::npos ? ", with a point for decimals and no comma"
                                                        : ""));
      return std::nullopt;
    }
    // Without the sign of a zero, which is no other number.
    values.emplace_back(trimmed(std::string_view(item).substr(0, equals)), *value + 0.0);
  }
  return values;
}

std::optional<scenario::Loaded> ScenarioOptions::load(bool quiet) const {
  const auto values = overrides();
  if (!values) return std::nullopt;
  scenario::Diagnostics diagnostics;
  auto loaded = scenario::load(path, *values, diagnostics);
  if (!quiet || !loaded) print(diagnostics);
  return loaded;
}

std::optional<model::SimulatorSettings> ScenarioOptions::simulator() const {
  model::SimulatorSettings settings;
  settings.parameters =
      uncertain ? model::ParameterSource::from_priors : model::ParameterSource::point;
  if (seed == "random") {
    std::random_device device;
    settings.seed = static_cast<std::uint64_t>(device()) << 32U | device();
    return settings;
  }
  const auto number = base::whole_number(seed);
  if (!number) {
    print_error(
        fmt::format("--seed '{}': expected a whole number from 0 to 2^64 - 1, or 'random'", seed));
    return std::nullopt;
  }
  settings.seed = *number;
  return settings;
}

void print(const scenario::Diagnostics& diagnostics) {
  say_text(diagnostics.text());
}

void print_error(const std::string& message) {
  say("truce: error: {}\n", message);
}

}  // namespace truce::cli
