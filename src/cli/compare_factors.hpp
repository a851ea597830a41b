#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "analysis/comparison.hpp"
#include "cli/compared_subjects.hpp"
#include "results/study_reader.hpp"

namespace truce::cli {

/// What turning factors on does to an outcome, over all trials and the other factors.
struct FactorEffect {
  std::string outcome;
  std::string unit;
  std::string variant;               ///< that the factors cross
  std::vector<std::string> factors;  ///< one: its main effect; two: their interaction
  std::vector<std::string> aliases;  ///< effects that a fraction cannot tell from it, as "a x b"
  analysis::Difference difference;
  bool varies = true;
  bool too_few = false;
};

/// Main effects and two-way interactions of the study's factors; none where it has none.
std::vector<FactorEffect> factor_effects(const results::StudyReader& study,
                                         const std::vector<Subject>& subjects);

/// A table for people, and all of it for machines.
std::string factor_effects_text(const std::vector<FactorEffect>& effects);
nlohmann::ordered_json factor_effects_json(const std::vector<FactorEffect>& effects);

}  // namespace truce::cli
