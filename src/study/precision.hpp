#pragma once

#include <cstdint>
#include <optional>

#include "results/block.hpp"
#include "results/controlled.hpp"
#include "results/moments.hpp"
#include "results/precision.hpp"
#include "results/schema.hpp"
#include "study/run.hpp"

namespace truce::study {

/// Stops a run once the interval of an outcome's mean is narrow enough. It looks at block
/// borders only, at counts that grow by a quarter each time, so that it seldom looks and what it
/// decides does not depend on threads. It never stops before `least_trials`, nor on an outcome that
/// has not varied, nor on a yes/no outcome with fewer than `least_of_each` of either, nor on
/// numbers that are too few for their skewness (`results::too_few`): rare large values. Where the
/// run has control variates, the interval is the better one, which `truce show` prints.
class PrecisionRule {
 public:
  static constexpr std::uint64_t least_trials = 4 * block_trials;
  static constexpr std::uint64_t least_of_each = 20;

  enum class Values : std::uint8_t { numbers, yes_or_no };

  PrecisionRule(std::size_t column, double half_width, Values values, double confidence = 0.95);

  /// Before the first block: has the rule use the control variates of the run, if there are any.
  void use_controls(const results::Schema& schema);

  /// Adds a block and judges.
  Verdict add(const results::Block& block);

  /// Half width of the interval now; infinite before there is one to rely on.
  [[nodiscard]] double half_width() const;
  /// What is known now.
  [[nodiscard]] results::PrecisionReached reached() const;

 private:
  [[nodiscard]] results::Interval plain_interval() const;
  [[nodiscard]] results::Estimate estimate() const;
  /// Whether there are enough trials to rely on the interval.
  [[nodiscard]] bool reliable() const;

  std::size_t column_;
  double half_width_;
  Values values_;
  double z_;  ///< normal quantile of the confidence
  results::Moments moments_;
  std::uint64_t missing_ = 0;  ///< trials without a value
  std::optional<results::ControlledOutcome> controlled_;
  std::uint64_t next_look_ = least_trials;
};

}  // namespace truce::study
