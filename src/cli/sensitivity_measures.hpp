#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analysis/estimate.hpp"
#include "analysis/study_table.hpp"
#include "results/study_schema.hpp"

namespace truce::cli {

/// Measures of every parameter, by the name of the measure.
struct Measure {
  std::string name;
  std::vector<analysis::Estimate> of;  ///< [parameter]; those without an interval have none
};

/// Measures of several parameters together, e.g. "a x b".
struct JointMeasure {
  std::string name;
  std::vector<std::pair<std::string, analysis::Estimate>> values;
};

struct Sensitivity {
  std::vector<Measure> measures;
  std::vector<JointMeasure> pairs;
  std::vector<JointMeasure> groups;
  std::vector<std::string> notes;                         ///< what the measures mean
  std::vector<std::string> warnings;                      ///< what is wrong with them
  std::vector<std::pair<std::string, double>> qualities;  ///< by name, e.g. of the emulator
};

/// Adds a warning with the advice where more than 5 % of the variance between the points' means is
/// the trials' noise.
void warn_of_noise(Sensitivity& result, double noise, const std::string& advice);

/// Adds a warning where parameters, by name, are the same at all points that count.
void warn_of_constant(Sensitivity& result, const std::vector<std::string>& parameters);

/// What the design allows to be said. `groups` are lists of parameters, separated by commas. Throws
/// std::invalid_argument for designs that are no samples, and unknown parameters.
Sensitivity sensitivity_of(const results::StudySchema& schema, const analysis::StudyTable& table,
                           const std::vector<std::string>& groups);

}  // namespace truce::cli
