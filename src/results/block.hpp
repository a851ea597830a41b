#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace truce::results {

enum class Status : std::uint8_t { completed = 0, failed = 1 };

/// A value that a timeline holds from `day` on, until the next segment of the same timeline in the
/// same trial or the last day. Segments of a trial come with days that do not decrease; the first
/// has day 0.
struct TimelineSegment {
  std::uint32_t timeline = 0;
  std::uint32_t day = 0;
  double value = 0;
};

/// One event of a trial's chronicle.
struct ChronicleRow {
  std::uint64_t trial = 0;
  double time = 0;
  std::string what;   ///< event, e.g. "release_civilians.breached"
  std::string who;    ///< party, or empty
  double amount = 0;  ///< persons or the like; NaN where there is none
  std::string why;
};

/// A trial that could not go on.
struct FailedTrial {
  std::uint64_t trial = 0;
  std::string message;
  std::string reason;  ///< the message without the numbers that are the trial's own
};

/// The finished trials [first, first + status.size()) of one point. A failed trial has the values
/// NaN in every column, and no timeline segments.
struct Block {
  std::uint64_t first = 0;
  std::vector<Status> status;
  std::vector<std::vector<double>> columns;   ///< [column][trial in block]
  std::vector<std::vector<double>> drawn;     ///< [drawn parameter][trial in block], also of
                                              ///< failed trials; NaN where these had none yet
  std::vector<std::vector<double>> controls;  ///< [control variate][trial in block]
  std::vector<TimelineSegment> segments;      ///< of all trials, in order
  std::vector<std::uint32_t> segments_end;    ///< [trial in block] end in `segments`
  std::vector<ChronicleRow> chronicle;
  std::vector<FailedTrial> failures;  ///< of those with that status, in order
};

}  // namespace truce::results
