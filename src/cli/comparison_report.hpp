#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "truce/analysis/comparison.hpp"

namespace truce::cli {

/// The comparison of an outcome in `a` with the same in `b`, which are runs, variants or points.
struct NamedComparison {
  std::string outcome;
  std::string a;
  std::string b;
  analysis::Comparison comparison;
  double p_adjusted = 0;  ///< by Holm's method, for all that are reported together
};

/// A table for people. `note` says how the trials were paired.
std::string comparisons_text(const std::vector<NamedComparison>& entries, const std::string& note);

/// All of it, for machines.
nlohmann::ordered_json comparisons_json(const std::vector<NamedComparison>& entries,
                                        const std::string& note);

}  // namespace truce::cli
