#pragma once

#include <cstdint>

#include "results/block.hpp"

namespace truce::study {

/// The unit of work: trials [first, first + count) of a run, or of one point of a study. Units are
/// joined in the order of trials, so that nothing depends on who ran what, nor on how the trials
/// are divided.
struct Unit {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

/// What became of a unit: a value, which holds nothing of who ran it.
struct FinishedUnit {
  Unit unit;
  results::Block block;  ///< its trials, or where it was interrupted the first of them
  std::uint64_t events = 0;
  double seconds = 0;  ///< that it took
};

}  // namespace truce::study
