#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace truce::base {

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// The whole text as a finite decimal number, such as "-0.5", "+3" or "4e2"; nothing for any other
/// text, also where a number is followed by something, is not finite or cannot be held.
std::optional<double> finite_number(std::string_view text);

/// The whole text as a whole number from 0 to 2^64 - 1: digits, or with an exponent, "1e6" and
/// "2.5e3", where that is exact.
std::optional<std::uint64_t> whole_number(std::string_view text);

}  // namespace truce::base
