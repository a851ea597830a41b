#pragma once

#include <string>
#include <vector>

#include "results/run_reader.hpp"
#include "results/study_reader.hpp"

namespace truce::cli {

/// For which trials of a run a condition holds; none of them failed. Throws std::invalid_argument
/// where the text is no condition on its columns; ResultsError where not all trials keep their
/// rows.
std::vector<bool> trials_given(const std::string& condition, const results::RunReader& run,
                               const std::string& file);
/// The same of the point `row` of a study.
std::vector<bool> trials_given(const std::string& condition, const results::StudyReader& study,
                               std::size_t row, const std::string& file);

/// How many they are.
std::size_t count_of(const std::vector<bool>& trials);

/// Throws std::invalid_argument where there are none.
void require_any(const std::vector<bool>& trials, const std::string& condition,
                 const std::string& file);

}  // namespace truce::cli
