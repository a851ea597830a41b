#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "results/precision.hpp"
#include "scenario/description.hpp"
#include "study/design.hpp"

namespace truce::study {

/// The version of the language of studies that this program reads.
inline constexpr int study_version = 1;

/// What a study varies: a parameter, over a list of values or a distribution.
struct Assumption {
  scenario::Name name;
  enum class Over : std::uint8_t {
    prior,         ///< the one that the scenario has
    distribution,  ///< one of its own, `value`
    values,        ///< `values`, of a grid or one at a time
  };
  Over over = Over::prior;
  scenario::Node value;
  std::vector<double> values;
};

/// A structural assumption: an overlay that is merged into the scenario, or into that which it
/// `extends`.
struct Variant {
  scenario::Name name;
  scenario::Node overlay;
  std::vector<std::size_t> factors{};  ///< that are on: their overlays are laid over it, in order
};

/// An overlay that is on in one half of the variants and off in the other: its path, relative to
/// the study, or itself.
struct FactorOverlay {
  scenario::Name name;
  scenario::Node overlay;
};

/// When points stop.
struct Precision {
  results::PrecisionGoal goal;
  std::uint64_t at_most = 1'000'000;
  scenario::Position position;             ///< of the outcome
  scenario::Position difference_position;  ///< where there is one
};

/// A study as written. What is absent has its default here.
struct Description {
  scenario::Node document;
  std::filesystem::path file;
  std::string name, summary;
  std::filesystem::path scenario;  ///< as seen from the working directory
  std::uint64_t seed = 1;
  std::uint64_t trials = 10'000;  ///< per point
  std::optional<Precision> precision;
  DesignSettings design;
  scenario::Position design_position;
  std::optional<PointList> list;  ///< of a design of that kind
  std::vector<Assumption> vary;
  std::vector<FactorOverlay> factors;
  std::vector<Variant> variants;  ///< at least one; crossed with the factors
  std::string against;            ///< a variant's name; empty: the first
  std::vector<std::string> compared;
  scenario::Position compare_position;
};

/// Whether the document is a study rather than a scenario: whether it has the key `study`.
bool is_study(const scenario::Node& document);

/// Reads a document, of which `file` is the name. All that is wrong by itself is reported; nothing
/// is returned then.
std::optional<Description> read_study(scenario::Node document, const std::filesystem::path& file,
                                      scenario::Diagnostics& diagnostics);

/// The same of a file.
std::optional<Description> read_study(const std::filesystem::path& file,
                                      scenario::Diagnostics& diagnostics);

/// JSON Schema (draft-07) of studies, as indented text, made from the tables by which they are
/// read.
std::string json_schema();

}  // namespace truce::study
