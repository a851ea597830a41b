#pragma once

#include <vector>

#include "analysis/study_table.hpp"

namespace truce::analysis {

/// The parameters that differ between the points of a table, ascending.
std::vector<Eigen::Index> varied(const StudyTable& table);

/// The same points with these parameters alone.
StudyTable with_parameters(const StudyTable& table, const std::vector<Eigen::Index>& parameters);

/// A design whose points belong together: rows of the base sample of a Saltelli design, each with
/// its points of A, B and the mixed samples, or trajectories of a Morris design.
enum class DesignUnit { base_row, trajectory };

/// The points of those units of which all points have a value, in their order; `units` of them are
/// there, `left_out` are not. Variances stay those of all points with a value.
struct WholeUnits {
  StudyTable table;
  Eigen::Index units = 0;
  Eigen::Index left_out = 0;
};
WholeUnits whole_units(const StudyTable& table, DesignUnit kind);

}  // namespace truce::analysis
