#pragma once

#include <optional>
#include <string_view>

namespace truce::scenario {

/// How a duration in some unit becomes days: by multiplying or dividing with a whole number, so
/// that 42 h are exactly 1.75 days.
struct UnitOfTime {
  char operation;  ///< '*' or '/'
  double factor;
};

/// The unit of time of this name, singular or plural.
std::optional<UnitOfTime> unit_of_time(std::string_view name);

}  // namespace truce::scenario
