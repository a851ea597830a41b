#pragma once

#include <cstdint>
#include <string>

#include "results/run_reader.hpp"
#include "results/summary.hpp"

namespace truce::results {

/// How a summary is laid out.
struct SummaryLayout {
  std::size_t columns = 80;
  bool all = false;  ///< all outcomes with their medians, every cause, every parameter's value: not
                     ///< only the first that the scenario names, and what is frequent
};

/// A run for the terminal, in lines that fit its columns: title, number of trials, seed and
/// parameters; endings and causes of collapse with their probabilities; the outcomes with mean,
/// median and ranges; and what all that is not. Times are in days. Ends with a line break.
std::string summary_table(const RunSummary& run, const SummaryLayout& layout = {});

/// The interval of an outcome's mean for the terminal, of a yes/no in per cent: "LOW to HIGH",
/// after
/// "~ " where there are too few trials to rely on it; of numbers that do not vary, that.
std::string interval_text(const OutcomeSummary& outcome);

/// What "~ " means, in one line; empty where none of these has it.
std::string few_text(const std::vector<const OutcomeSummary*>& shown);

/// Of how many trials each of these has no value, in one long line; empty where all have.
std::string missing_text(const std::vector<const OutcomeSummary*>& shown);

/// One long line on where the parameters' values are from: those set and those drawn by name; how
/// many others there are, or all. Empty without parameters, else it ends with a line break.
std::string parameters_text(const std::vector<RunParameter>& parameters, bool all);

enum class Glyphs : std::uint8_t { unicode, ascii };

/// The distribution of an outcome as bars, with neighbouring values joined where there are many.
/// `ending` and `cause` have one too. Throws ResultsError if there is no such outcome.
std::string histogram(const RunReader& run, const std::string& outcome, Glyphs glyphs);
/// The same of a summary that has the outcome, with its distribution; a category needs none.
std::string histogram(const RunSummary& run, const Distribution& distribution,
                      const std::string& outcome, Glyphs glyphs);

}  // namespace truce::results
