#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "truce/analysis/variance_split.hpp"
#include "truce/results/study_reader.hpp"

namespace truce::analysis {

/// What is looked at in the trials of a study, per point: the mean of an outcome, the share of
/// trials in which it is at least a threshold, or the share of an ending.
struct Target {
  std::string outcome;  ///< or an ending, where `is_ending`
  bool is_ending = false;
  bool has_threshold = false;
  double threshold = 0;
  [[nodiscard]] std::string name() const;
};

/// One variant of a study as a table: a row per point of the design.
struct StudyTable {
  std::vector<std::size_t> rows;        ///< of the reader
  std::vector<std::string> parameters;  ///< varied
  Eigen::MatrixXd values;               ///< [row, parameter]
  Eigen::MatrixXd unit;                 ///< the same in the unit cube; empty for other designs
  Eigen::VectorXd target;               ///< [row]
  VarianceSplit variance;               ///< of the target, one trial's
};

/// Reads the points of a variant. Trials without a value of the outcome do not count for its mean,
/// and fail a threshold. Throws ResultsError for an unknown outcome or ending,
/// std::invalid_argument where a point has no value at all or the file is a shard.
StudyTable study_table(const results::StudyReader& study, std::size_t variant,
                       const Target& target);

}  // namespace truce::analysis
