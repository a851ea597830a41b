#pragma once

#include <limits>

#include "results/interval.hpp"

namespace truce::analysis {

/// A number that was estimated, with its 95 % interval; NaN where it cannot be.
struct Estimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  results::Interval interval = {std::numeric_limits<double>::quiet_NaN(),
                                std::numeric_limits<double>::quiet_NaN()};
};

}  // namespace truce::analysis
