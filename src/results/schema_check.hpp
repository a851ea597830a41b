#pragma once

#include <optional>
#include <string>
#include <vector>

#include "results/schema.hpp"
#include "results/study_schema.hpp"

namespace truce::results {

// A dimension can be that of some 4,000 variables: the list of them is an attribute of 64 kB at
// most.
inline constexpr std::size_t most_columns = 4000;
inline constexpr std::size_t most_timelines = 1000;

/// What makes a column or a timeline one that no file can hold, if anything.
std::optional<std::string> problem_of(const Column& column);
std::optional<std::string> problem_of(const Timeline& timeline);

/// What makes a schema one that no file can hold, if anything.
std::optional<std::string> problem_of(const Schema& schema);
std::optional<std::string> problem_of(const StudySchema& schema);

/// What keeps names from being told apart, and from being read back, if anything.
std::optional<std::string> problem_of_names(const std::string& what,
                                            const std::vector<std::string>& names);

/// A unit as readers must see it: xarray takes "days" and its like for durations, which it turns
/// into nanoseconds, so these become singular; nothing is "1".
std::string stored_unit(const std::string& unit);

/// Position of the column of that name, which a checked schema has.
std::size_t column_index(const Schema& schema, const std::string& name);

/// Whether control variates are made use of for the column: for an outcome that the scenario names.
bool is_controlled(const Column& column);
/// Position of such a column among those.
std::size_t controlled_place(const std::vector<Column>& columns, std::size_t column);
/// How many of them there are.
std::size_t controlled_columns(const Schema& schema);

}  // namespace truce::results
