#pragma once

#include <cstdint>

namespace truce::results {

/// Trials [first, end) of a run, or of a point of a study.
struct TrialRange {
  std::uint64_t first = 0;
  std::uint64_t end = 0;

  bool operator==(const TrialRange&) const = default;
};

}  // namespace truce::results
