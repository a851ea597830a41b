#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/compare_factors.hpp"
#include "cli/compared_inputs.hpp"
#include "cli/comparison_report.hpp"

namespace truce::cli {

/// What is to be compared.
struct CompareOptions {
  std::vector<std::string> files;     ///< two of runs, or one of a study
  std::vector<std::string> outcomes;  ///< none: those of the study, or of the scenario
  std::string against;                ///< variant; empty: that of the study
  std::vector<std::string> endings;
  std::vector<double> days;
  bool by_point = false;
  std::string given;  ///< condition on the columns; empty: all trials
};

/// The differences, and what is to be known before they are read.
struct Compared {
  std::vector<NamedComparison> entries;
  std::string note;  ///< how the trials were paired
  ComparedInputs inputs;
  std::vector<FactorEffect> effects;
  std::size_t tests = 0;  ///< of equal means
};

/// Throws ResultsError and std::invalid_argument for what cannot be compared.
Compared compared(const CompareOptions& options);

/// What `truce compare --json` prints.
nlohmann::ordered_json compared_json(const Compared& all, ReportOptions report);

}  // namespace truce::cli
