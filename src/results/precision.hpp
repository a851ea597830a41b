#pragma once

#include <cstdint>
#include <string>

#include "results/interval.hpp"

namespace truce::results {

/// How precise a study's points were asked to be: in the mean of an outcome, or in the difference
/// of its means between two variants.
struct PrecisionGoal {
  std::string outcome;
  std::string a, b;       ///< variants, of a difference a - b; else empty
  double half_width = 0;  ///< of the interval; 0: not asked for
  double excludes = 0;    ///< the interval has neither this difference nor its negative; 0: not
                          ///< asked for
  double confidence = 0.95;

  [[nodiscard]] bool of_difference() const { return !a.empty(); }
  bool operator==(const PrecisionGoal&) const = default;
};

/// What of it a point reached; all variants of a row of the design have the same difference.
struct PrecisionReached {
  std::uint64_t count = 0;  ///< values, or pairs of values
  double value = 0;         ///< mean or difference
  Interval ci;              ///< of the goal's confidence, whenever the rule stops
  bool reached = false;
};

}  // namespace truce::results
