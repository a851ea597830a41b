#pragma once

#include <string>
#include <vector>

#include "cli/compared_values.hpp"

namespace truce::cli {

/// What is compared: an outcome, or the ending `label`, with its measures.
struct Subject {
  results::Column column;
  std::string name;
  std::vector<ComparedMeasure> measures;
};

/// What was asked for, of a file.
struct SubjectOptions {
  std::string file;                   ///< named in refusals
  std::vector<std::string> outcomes;  ///< none: the scenario's own, if no endings are asked for
  std::vector<std::string> endings;
  std::vector<double>
      days;  ///< for times of an event; none: a quarter, half and all of the horizon
};

/// The outcomes and endings to compare in files of these schemas. Throws std::invalid_argument for
/// one that is not there, or is a category.
std::vector<Subject> subjects_of(const results::Schema& a, const results::Schema& b,
                                 const SubjectOptions& options);

}  // namespace truce::cli
