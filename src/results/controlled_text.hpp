#pragma once

#include <cstddef>
#include <string>

#include "results/summary.hpp"

namespace truce::results {

/// Means and shares with what control variates take out of their errors, beside the plain ones, for
/// the terminal: what the scenario names, or all. Says why where a run has no control variates.
std::string controlled_table(const RunSummary& run, std::size_t columns, bool all);

}  // namespace truce::results
