#pragma once

#include "scenario/mapping_reader.hpp"
#include "scenario/record.hpp"

namespace truce::scenario {

/// The constant that stands there; what is none, or is not finite, is reported.
std::optional<double> constant_in(const Expression& expression, std::string_view key,
                                  Diagnostics& diagnostics);

/// Fills the days and constants of a fact, and reports what they cannot be.
void read_days(MappingReader& in, Fact& fact);

/// What can be said of a record's facts without a scenario: too many, known twice, contradictory.
void check_facts(const Record& record, Diagnostics& diagnostics);

/// The part of it about facts of which no two can hold together.
void check_contradictions(const Record& record, Diagnostics& diagnostics);

/// "at 20 days", for messages about other facts.
std::string line_of(const Position& position);

}  // namespace truce::scenario
