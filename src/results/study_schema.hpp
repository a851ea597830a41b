#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "results/precision.hpp"
#include "results/schema.hpp"
#include "results/trial_range.hpp"

namespace truce::results {

/// A point of a study: one variant of the scenario at one set of parameter values.
struct StudyPoint {
  std::size_t variant = 0;
  std::vector<double> values;  ///< [parameter] in their own units
  std::vector<double> unit;    ///< [parameter] in the unit cube of a sampling design, or empty
};

/// Everything about a study that its file says, known before the first trial.
struct StudySchema {
  /// Of all points together: columns that some variant lacks are real, and missing there; `trials`
  /// is the most that a point can have; `study_yaml` is the study.
  Schema common;
  std::string design;                      ///< its kind, e.g. "saltelli"
  std::map<std::string, double> settings;  ///< of the design, e.g. {"points", 512}
  std::vector<std::string> parameters;     ///< those varied
  std::vector<std::string> variants;
  std::vector<std::string> variant_yaml;   ///< [variant] the scenario as that variant has it
  std::string against;                     ///< variant that the others are compared with
  std::vector<std::string> compared;       ///< outcomes
  std::optional<PrecisionGoal> precision;  ///< at which points stop
  std::vector<StudyPoint> points;          ///< all of the study
  std::vector<std::uint32_t> contained;    ///< those of this file, ascending; a shard has not all
  /// Of a shard that has a point in part: the trials that it has of the only point contained.
  std::optional<TrialRange> stretch;

  /// Whether all trials of all points are in this file.
  [[nodiscard]] bool whole() const { return contained.size() == points.size() && !stretch; }
  /// Of a point, in this file.
  [[nodiscard]] std::uint64_t first_trial() const { return stretch ? stretch->first : 0; }
  /// Rows that a point keeps in this file, of which so many trials are here.
  [[nodiscard]] std::uint64_t rows_of(std::uint64_t trials) const {
    return rows_kept(common, TrialRange{first_trial(), first_trial() + trials});
  }
};

}  // namespace truce::results
