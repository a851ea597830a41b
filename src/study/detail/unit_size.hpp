#pragma once

#include <cstdint>
#include <mutex>

#include "study/unit.hpp"

namespace truce::study {

/// How many trials units should have: a block, or fewer where trials take much memory, or long.
class UnitSize {
 public:
  /// Learns from a finished unit what trials take.
  void measure(const FinishedUnit& finished);
  /// Where a unit ends that begins with this trial: no unit reaches over the end of a block.
  std::uint64_t end_of(std::uint64_t first, std::uint64_t trials);

 private:
  std::mutex mutex_;
  double most_bytes_ = 0;  ///< of a trial, as a mean over a unit
  double seconds_ = 0;     ///< that the measured trials took
  double measured_ = 0;
  std::uint64_t size_ = 1;
};

}  // namespace truce::study
