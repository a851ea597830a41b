#pragma once

#include <cstdint>
#include <vector>

#include "results/block.hpp"
#include "results/detail/run_statistics.hpp"
#include "results/schema.hpp"

namespace truce::results {

/// Intervals of means and shares over trials that depend on each other within groups, and not
/// between them: by the variance of a ratio of the groups' sums (Cochran, Sampling Techniques,
/// 1977, 6.3), with Student's quantile for as many groups.
class GroupIntervals {
 public:
  /// `group` has the group of every trial, from 0 on; `worth` is how many independent trials each
  /// is worth, at most 1, which is used for what all of them agree on.
  GroupIntervals(const Schema& schema, std::vector<std::int32_t> group, double worth);

  /// Adds the next trials.
  void add(const Block& block);
  /// Puts its standard errors and intervals in the place of those for independent trials. Quantiles
  /// have none then.
  void replace(RunResults& results) const;

 private:
  struct Sum {
    double count = 0;
    double sum = 0;
  };
  using Sums = std::vector<Sum>;  ///< [group]

  /// Standard error of the ratio of sums; NaN where fewer than two groups have anything.
  [[nodiscard]] static double error_of(const Sums& sums);
  /// As of as many independent trials as have that standard error.
  [[nodiscard]] Interval share_interval(double share, double count, const Sums& sums) const;
  [[nodiscard]] static double quantile_of(const Sums& sums);
  void replace(OutcomeSummary& outcome, const Sums& sums) const;
  void replace(std::vector<Share>& shares, std::size_t column) const;

  std::vector<Column> columns_;
  std::vector<std::int32_t> group_;
  double worth_;
  std::vector<Sums> sums_;                   ///< [column]; of categories empty
  std::vector<std::vector<Sums>> by_label_;  ///< [column][label]; of categories
  std::size_t added_ = 0;
};

}  // namespace truce::results
