#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "scenario/compile.hpp"
#include "study/run.hpp"
#include "study/run_command.hpp"

namespace truce::cli {

/// Options of the verbs that run a scenario.
struct ScenarioOptions {
  std::string path;
  std::vector<std::string> set;
  std::string seed = "1";
  bool uncertain = false;

  void add_to(CLI::App& verb);

  /// What a run with these options says of itself. To be called after `load` has found them right.
  [[nodiscard]] study::RunCommand command() const;
  /// These options as they would be typed, scenario apart.
  [[nodiscard]] std::string settings() const { return study::settings_text(command()); }
  /// Compiles the scenario; prints all that is wrong to stderr and answers nothing then. Warnings
  /// are printed too, unless quiet.
  [[nodiscard]] std::optional<scenario::Loaded> load(bool quiet = false) const;
  /// The settings of a simulator; picks a seed where `random` is asked for. Nothing, with a
  /// message, where the seed is no number.
  [[nodiscard]] std::optional<model::SimulatorSettings> simulator() const;

 private:
  /// What --set says; nothing, with a message, where it is wrong.
  [[nodiscard]] std::optional<scenario::Overrides> overrides() const;
};

/// Prints findings to stderr, one line each.
void print(const scenario::Diagnostics& diagnostics);
/// Prints `truce: error: ...` to stderr.
void print_error(const std::string& message);

}  // namespace truce::cli
