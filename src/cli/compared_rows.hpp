#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "results/study_schema.hpp"

namespace truce::cli {

/// Pairs of lists of rows to compare, with their names.
struct RowPairs {
  std::string a, b;
  std::vector<std::size_t> rows_a, rows_b;
};

/// Each variant of a study with `against`, or with the study's own where that is empty: all points
/// at once, or each; of one variant each point with the first. Throws std::invalid_argument.
std::vector<RowPairs> compared_rows(const results::StudySchema& schema, const std::string& against,
                                    bool by_point);

}  // namespace truce::cli
