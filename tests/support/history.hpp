#pragma once

#include <algorithm>
#include <numeric>
#include <vector>

#include "support/catch.hpp"
#include "support/shipped.hpp"
#include "support/simulation.hpp"
#include "support/statistics.hpp"

namespace truce::test {

/// Share of the trials in which `column` is `value`.
inline double share(const std::vector<double>& column, double value) {
  const auto count = std::count(column.begin(), column.end(), value);
  return static_cast<double>(count) / static_cast<double>(column.size());
}

inline bool always(const std::vector<double>& column, double value) {
  return share(column, value) == 1;
}

inline double mean(const std::vector<double>& column) {
  return std::accumulate(column.begin(), column.end(), 0.0) / static_cast<double>(column.size());
}

}  // namespace truce::test
