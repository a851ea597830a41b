#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/model.hpp"
#include "scenario/description.hpp"

namespace truce::scenario {

/// Values that take the place of those in the file, as by `--set`.
using Overrides = std::vector<std::pair<std::string, double>>;

/// Compiles a description. All that is wrong is reported, in one pass; a model comes only where
/// nothing is.
std::optional<model::Model> compile(const Scenario& scenario, const Overrides& overrides,
                                    Diagnostics& diagnostics);

/// A scenario that is ready to run, with what its results say about it.
struct Loaded {
  Scenario scenario;
  model::Model model;
};

/// Reads, checks and compiles a file.
std::optional<Loaded> load(const std::filesystem::path& path, const Overrides& overrides,
                           Diagnostics& diagnostics);

/// The same of a document that is merged already, e.g. with an overlay.
std::optional<Loaded> load_merged(Node document, const Overrides& overrides,
                                  Diagnostics& diagnostics);

/// The same from text; `file` names it in messages.
std::optional<Loaded> load_text(const std::string& text, const std::string& file,
                                const Overrides& overrides, Diagnostics& diagnostics);

}  // namespace truce::scenario
