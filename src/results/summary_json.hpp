#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "results/run_reader.hpp"
#include "results/summary.hpp"

namespace truce::results {

/// What `summary_table` tells, for machines: numbers in full precision, null where not defined.
nlohmann::ordered_json summary_json(const RunSummary& run);

/// What `histogram` draws, without joining: `values` (or for reals `edges`) and `counts`. Throws
/// ResultsError if there is no such outcome.
nlohmann::ordered_json histogram_json(const RunReader& run, const std::string& outcome);
/// The same of a summary that has the outcome, with its distribution; a category needs none.
nlohmann::ordered_json histogram_json(const RunSummary& run, const Distribution& distribution,
                                      const std::string& outcome);

}  // namespace truce::results
