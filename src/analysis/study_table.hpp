#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/variance_split.hpp"
#include "results/study_reader.hpp"

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

/// One variant of a study as a table: a row per point of the design that has a value.
struct StudyTable {
  std::vector<std::size_t> rows;        ///< of the reader
  std::vector<std::string> parameters;  ///< varied
  Eigen::MatrixXd values;               ///< [row, parameter]
  Eigen::MatrixXd unit;                 ///< the same in the unit cube; empty for other designs
  Eigen::VectorXd target;               ///< [row]
  /// Means of up to 20 batches of trials, [row, batch]: batch b has every 20th trial from b on, at
  /// every point with the same random numbers. Their mean is `target`.
  Eigen::MatrixXd batches;
  VarianceSplit variance;  ///< of the target, one trial's; NaN with one trial a point
  /// Whether the trials are enough to tell their noise from what the parameters do, or have none.
  bool noise_known = false;
  std::vector<std::size_t> left_out;  ///< points of the variant without any value, from 0
  std::uint64_t trials = 0;           ///< of all points
  std::uint64_t failed = 0;           ///< of those, failed: they count for nothing
  std::uint64_t never = 0;            ///< of those, without a value: a `first` that never came
  /// Whether the target differs at all, between points or between their trials.
  bool varies = false;
};

/// What is asked of the trials.
enum class Trials : std::uint8_t {
  one_by_one,  ///< for batches and variances
  together,    ///< the target alone, which summaries tell where trials keep no rows
};

/// Reads the points of a variant. Failed trials count for nothing. A `first` that never came does
/// not count for the mean, and is later than every threshold. Throws ResultsError for an unknown
/// outcome or ending, std::invalid_argument for an outcome that holds codes of categories, where no
/// point has a value, or where the file is a shard; ResultsError where trials keep no rows that are
/// needed.
StudyTable study_table(const results::StudyReader& study, std::size_t variant, const Target& target,
                       Trials trials = Trials::one_by_one);

}  // namespace truce::analysis
