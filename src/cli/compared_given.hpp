#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/compared_values.hpp"
#include "cli/comparison.hpp"

namespace truce::cli {

/// The trials to be compared of two sides, [point][trial]; empty where all are.
struct Chosen {
  std::vector<std::vector<bool>> a, b;

  /// Of pairs those that are chosen on both sides.
  void pair();
  void keep(Side& side_a, Side& side_b) const;
};

/// Those of two runs for which the options' condition holds, with what is to be said of them; all
/// where there is none. Of pairs, from the first trial on that both have; `common` is absent where
/// they are none. Throws std::invalid_argument where it is no condition, or holds nowhere.
Chosen chosen_of(const CompareOptions& options, const results::RunReader& a,
                 const results::RunReader& b, const std::optional<CommonTrials>& common,
                 std::string& note, ComparedInputs& inputs);
/// The pairs of two lists of a study's points, by rows of its design.
Chosen chosen_of(const CompareOptions& options, const results::StudyReader& study,
                 const std::vector<std::size_t>& rows_a, const std::vector<std::size_t>& rows_b);

}  // namespace truce::cli
