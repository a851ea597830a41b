#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "results/run_reader.hpp"
#include "results/summary.hpp"

namespace truce::results {

/// What a run's file would say, did it hold some of its trials alone.
struct Subset {
  RunSummary summary;  ///< without timelines; none of its trials failed
  std::map<std::string, Distribution> distributions;  ///< by outcome
};

/// `chosen` says which of the trials; at least one, and none that failed. Intervals are those of
/// the chosen ones; where trials depend on each other within groups, `groups` has that of each
/// trial, and each is worth so many independent ones. Throws ResultsError where not all trials keep
/// their rows.
Subset subset_of(const RunReader& run, const std::vector<bool>& chosen,
                 const std::vector<std::int32_t>& groups = {}, double worth = 1);

}  // namespace truce::results
