#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "results/paired_interval.hpp"
#include "results/precision.hpp"
#include "study/precision.hpp"

namespace truce::study {

/// Stops two variants of a scenario once the interval of their difference, trial by trial, is as
/// asked for: narrow, or without the difference `excludes` either way. It looks where `looks` says,
/// so that what it decides depends on trials alone. It never stops on fewer than
/// `PrecisionRule::least_of_each` pairs of yes/no that differ, nor on numbers that are too few for
/// their skewness. Where it may stop because of where the interval lies (`excludes`), intervals are
/// those that hold at all looks together; a width alone says next to nothing about the error.
class DifferenceRule {
 public:
  DifferenceRule(const results::PrecisionGoal& goal, results::ColumnKind kind,
                 std::uint64_t at_most);

  /// Trials at which to look, ascending; the last one is `at_most`.
  [[nodiscard]] const std::vector<std::uint64_t>& looks() const { return looks_; }
  /// The next trials of both; NaN where a trial has no value.
  void add(std::span<const double> a, std::span<const double> b);
  /// The pairs so far.
  [[nodiscard]] results::PrecisionReached reached() const;

 private:
  [[nodiscard]] bool enough(const results::Interval& ci) const;

  results::PrecisionGoal goal_;
  results::ColumnKind kind_;
  std::vector<std::uint64_t> looks_;
  double confidence_;  ///< of the interval of one look
  results::PairedMoments pairs_;
};

}  // namespace truce::study
