#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace truce::scenario {

/// How a duration in some unit becomes days: by multiplying or dividing with a whole number, so
/// that 42 h are exactly 1.75 days.
struct UnitOfTime {
  char operation;  ///< '*' or '/'
  double factor;
};

struct NamedUnit {
  std::string_view name;
  UnitOfTime unit;
};
std::span<const NamedUnit> units_of_time();

/// The unit of time of this name, singular or plural.
std::optional<UnitOfTime> unit_of_time(std::string_view name);

/// What to write for a word that is meant as a unit of time, but is none: "write 'hours'" for "hrs"
/// and "Hours", "a month has no fixed length: write days" for "months"; empty for any other word.
std::string unit_advice(std::string_view word);
/// The unit of time of which a word may be a misspelling; empty where none is near.
std::string nearest_unit(std::string_view word);
/// "d, day, days, h, ...".
std::string unit_names();

}  // namespace truce::scenario
