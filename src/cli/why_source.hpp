#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/scenario_options.hpp"
#include "model/simulator.hpp"
#include "results/run_reader.hpp"
#include "scenario/compile.hpp"

namespace truce::cli {

/// The trials that are to be explained: of a scenario with settings, or of a run's file, which says
/// both.
struct WhySource {
  scenario::Loaded loaded;
  model::SimulatorSettings settings;
  std::string name;             ///< of the scenario's file, for the text of the command
  std::string setting_options;  ///< as they would be typed
  std::optional<results::RunReader> file;

  /// Trials that there are; a scenario has as many as can be asked for.
  [[nodiscard]] std::uint64_t trials() const;
};

/// Prints what is wrong and answers nothing where something is. Throws ResultsError for a file of
/// results that is damaged, or of a study.
std::optional<WhySource> why_source(const ScenarioOptions& options);

}  // namespace truce::cli
