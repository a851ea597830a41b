#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/json.hpp"
#include "results/schema.hpp"
#include "scenario/compile.hpp"
#include "scenario/verified.hpp"

namespace truce::cli {

/// A number of the scenario, and where it is from.
struct Assumption {
  std::string place;   ///< "parameters.engagement", "obligations.release.grace"
  std::string value;   ///< as written
  std::string prior;   ///< of a parameter
  std::string source;  ///< as told beside it or beside what it stands in; empty: none
  std::string file;    ///< where it stands
  int line = 0;
  /// Whether a source is told that is none of the author's own assumptions.
  [[nodiscard]] bool has_source() const;
  [[nodiscard]] bool is_parameter() const { return place.starts_with("parameters."); }
};

/// A file that the scenario was read from, and its place in the dossier.
struct DossierFile {
  std::filesystem::path path;
  std::string name;
};

/// What results tell the dossier.
struct DossierResults {
  std::string file;
  bool of_study = false;
  results::Schema schema;  ///< of a study that common to its points
  std::uint64_t trials = 0, failed = 0;
  std::size_t points = 1;
  std::string design;
  std::vector<std::string> varied;  ///< parameters that are drawn or swept
  std::vector<std::string> variants;
  Json summary;  ///< as `show --json` has it
};

struct DossierData {
  std::string file;  ///< of the scenario, as asked for
  scenario::Scenario scenario;
  std::vector<Assumption> assumptions;
  std::vector<scenario::Verified> constructs;  ///< those used
  std::vector<DossierFile> files;
  std::optional<DossierResults> results;
  std::vector<std::string> authors;
  std::string license;
};

/// Every number that the document has outside of texts, in its order, with the nearest `source`
/// above it.
std::vector<Assumption> assumptions_of(const scenario::Node& document);
/// What it was read from, tables of `empirical` too; named by their places below the folder that
/// holds them all.
std::vector<DossierFile> files_of(const scenario::Loaded& loaded, const std::string& file);
/// Throws ResultsError; std::invalid_argument for results of another scenario.
DossierResults dossier_results(const std::string& file, const scenario::Scenario& scenario);

}  // namespace truce::cli
