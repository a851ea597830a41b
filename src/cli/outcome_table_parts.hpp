#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "cli/outcome_table.hpp"
#include "results/schema.hpp"
#include "results/summary.hpp"

namespace truce::cli {

/// The tables of either kind of results.
OutcomeTable outcome_table_of_runs(const std::vector<std::string>& files,
                                   const TableChoice& choice);
OutcomeTable outcome_table_of_study(const std::string& file, const TableChoice& choice);

inline constexpr double no_number = std::numeric_limits<double>::quiet_NaN();
inline constexpr OutcomeTable::Cell no_value{no_number, {no_number, no_number}, false};
inline constexpr const char* of_trials = "% of trials";

OutcomeTable::Cell mean_cell(const results::OutcomeSummary& outcome);
/// The share of an ending at a point, of the trials there that did not fail.
OutcomeTable::Cell share_cell(double probability, std::uint64_t trials);
/// In how many of the trials that did not fail an event has come by that day. Nothing is censored:
/// what has not come by the horizon, or by the end of a trial that is not watched further, never
/// comes.
OutcomeTable::Cell come_by_cell(double day, const std::vector<double>& times, std::uint64_t trials);
std::string by_day(const std::string& outcome, double day);
/// The unit of a row; none of plain numbers.
std::string unit_told(bool share, const std::string& unit);

/// Throws for names that none of the schemas has, and for categories.
void require_names(const std::vector<const results::Schema*>& schemas, const TableChoice& choice,
                   const std::string& file);
/// Throws for days where no outcome told is the time of an event.
void require_event(bool any, const std::vector<double>& days, const std::string& file);

/// How many trials with which seed, for the notes.
std::string trials_told(const std::string& trials, std::uint64_t seed, std::uint64_t failed);
/// What the table is about, and what is left out of it.
std::vector<std::string> table_notes(const std::string& trials, const OutcomeTable& table,
                                     const std::vector<std::string>& missing);

}  // namespace truce::cli
