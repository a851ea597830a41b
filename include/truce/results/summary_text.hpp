#pragma once

#include <cstdint>
#include <string>

#include "truce/results/run_reader.hpp"
#include "truce/results/summary.hpp"

namespace truce::results {

/// A run for the terminal, in lines of mostly less than 100 characters: title, number of trials and
/// seed; endings and causes of collapse with their probabilities; the outcomes with mean, median
/// and ranges; and what all that is not. Times are in days. Ends with a line break.
std::string summary_table(const RunSummary& run);

enum class Glyphs : std::uint8_t { unicode, ascii };

/// The distribution of an outcome as bars, with neighbouring values joined where there are many.
/// `ending` and `cause` have one too. Throws ResultsError if there is no such outcome.
std::string histogram(const RunReader& run, const std::string& outcome, Glyphs glyphs);

}  // namespace truce::results
