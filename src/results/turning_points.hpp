#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "results/interval.hpp"

namespace truce::results {

/// What the draws of one stream, or of all, could have changed.
struct StreamTurns {
  double draws = 0;           ///< a trial makes, on average
  double turning_points = 0;  ///< of them, that could have changed the result
  double changes = 0;   ///< expected changes of the result a trial, were each drawn anew alone
  Interval changes_ci;  ///< 95 %
  std::uint64_t hanging = 0;  ///< trials with a turning point
  double share = 0;           ///< of the trials
  Interval share_ci;          ///< wilson_interval, 95 %
  std::vector<double> to;     ///< [result]: `changes` by what the result becomes
};

/// Which chance decides the result of a scenario's trials, in its model: each draw of each trial
/// replaced with all else kept.
struct TurningPoints {
  std::string outcome;  ///< that is looked at
  double by = 0;        ///< least change of a number; 0 for other outcomes
  std::uint64_t trials = 0;
  std::uint64_t failed = 0;          ///< of them; all figures are of the others
  std::vector<std::string> results;  ///< what the outcome may become
  std::vector<std::string> streams;  ///< those with a turning point, most changes first
  std::vector<StreamTurns> by_stream;
  StreamTurns all;  ///< its `hanging` trials are those in which any draw could change anything
  std::vector<std::int32_t> points;  ///< [trial]: turning points; -1 where it failed
  std::vector<double> changes;       ///< [trial]: expected changes; NaN where it failed
};

}  // namespace truce::results
