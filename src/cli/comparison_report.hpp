#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "analysis/comparison.hpp"
#include "cli/compared_values.hpp"

namespace truce::cli {

/// The comparison of an outcome in `a` with the same in `b`, which are runs, variants or points.
struct NamedComparison {
  std::string outcome;
  std::string unit;  ///< "day", "person", "1"
  analysis::ValueKind kind = analysis::ValueKind::numbers;
  std::string a;
  std::string b;
  analysis::Comparison comparison;
  LeftOut left_out;
  std::uint64_t missing_a = 0;  ///< trials without a value, of those that did not fail
  std::uint64_t missing_b = 0;
  double p_value = 0;     ///< two-sided, of equal means; NaN where nothing varies
  double p_adjusted = 0;  ///< by Holm's method, for all that are reported together
};

struct ReportOptions {
  double margin = 0;          ///< of the test of equivalence; 0: none
  double see = 0;             ///< difference to plan for; 0: none
  bool simultaneous = false;  ///< the text shows these intervals
  std::size_t tests = 1;      ///< that are reported together
};

/// A table for people. `note` says how the trials were paired.
std::string comparisons_text(const std::vector<NamedComparison>& entries, const std::string& note,
                             const ReportOptions& options);

/// All of it, for machines.
nlohmann::ordered_json comparisons_json(const std::vector<NamedComparison>& entries,
                                        const std::string& note, const ReportOptions& options);

}  // namespace truce::cli
