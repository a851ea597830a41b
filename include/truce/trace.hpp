#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "truce/export.hpp"
#include "truce/run.hpp"
#include "truce/scenario.hpp"

namespace truce {

struct TraceEvent {
  double time = 0;    ///< days
  std::string what;   ///< an event (`release_civilians.breached`) or a step between events
  std::string who;    ///< the party whose event it is, or empty
  double amount = 0;  ///< persons, days or a new value; NaN where there is none
  std::string why;    ///< what led to it
};

struct Trace {
  /// In the order in which they happened. Of 150,000 and more the first 50,000 are kept, and as
  /// many or more of the last.
  std::vector<TraceEvent> events;
  std::uint64_t left_out = 0;  ///< events after the first 50,000 that are not there
  std::string failure;         ///< why the trial could not go on; empty where it could
};

/// Replays one trial of a run, event by event; `options` are those of the run, of which seed and
/// `uncertain` matter.
TRUCE_API Trace trace(const Scenario& scenario, std::uint64_t trial,
                      const RunOptions& options = {});

/// The same as JSON text, with the trial's row: what `truce trace --json` prints, but for the
/// draws.
TRUCE_API std::string trace_json(const Scenario& scenario, std::uint64_t trial,
                                 const RunOptions& options = {});

}  // namespace truce
