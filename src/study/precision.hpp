#pragma once

#include <cstdint>

#include "results/block.hpp"
#include "results/interval.hpp"
#include "results/join_runs.hpp"
#include "results/outcome_sums.hpp"
#include "results/precision.hpp"
#include "results/schema.hpp"
#include "study/looks.hpp"
#include "study/run.hpp"

namespace truce::study {

/// Stops a run once the interval of an outcome's mean is narrow enough. It looks at fixed numbers
/// of trials only (`Looks`), and its sums are exact: what it decides does not depend on who ran the
/// trials, nor on the pieces in which they come. It never stops before `least_trials`, nor on an
/// outcome that has not varied, nor on a yes/no outcome with fewer than `least_of_each` of either,
/// nor on numbers that are too few for their skewness (`results::too_few`): rare large values.
/// Where the run has control variates, the interval is the better one, which `truce show` prints.
class PrecisionRule {
 public:
  static constexpr std::uint64_t least_trials = Looks::first;
  static constexpr std::uint64_t least_of_each = 20;

  /// The column is no category.
  PrecisionRule(std::size_t column, double half_width, results::ColumnKind kind,
                double confidence = 0.95);

  /// Before the first block: has the rule use the control variates of the run, if there are any.
  void use_controls(const results::Schema& schema);

  /// Adds the next trials and judges.
  Verdict add(const results::Block& block);
  /// The same from a finished part. One with trials on both sides of a look was judged at that as
  /// it was run, and is not again. Throws ResultsError where it cannot be read.
  Verdict add(const results::RunPart& part);

  [[nodiscard]] std::uint64_t trials() const { return trials_; }
  /// Whether these are enough.
  [[nodiscard]] bool enough() const { return enough_; }
  /// The number of trials at which it looks next.
  [[nodiscard]] std::uint64_t next_look() const { return looks_.next(); }

  /// Half width of the interval now; infinite before there is one to rely on.
  [[nodiscard]] double half_width() const;
  /// What is known now.
  [[nodiscard]] results::PrecisionReached reached() const;

 private:
  [[nodiscard]] results::Estimate estimate(const results::Moments& moments) const;
  /// Whether there are enough trials to rely on the interval.
  [[nodiscard]] bool reliable(const results::Moments& moments) const;
  /// Once there are so many trials.
  Verdict judge(std::uint64_t trials);

  double half_width_;
  results::ColumnKind kind_;
  double z_;  ///< normal quantile of the confidence
  results::OutcomeSums sums_;
  std::uint64_t trials_ = 0;
  bool enough_ = false;
  Looks looks_;
};

}  // namespace truce::study
