#pragma once

#include <string_view>

namespace truce::results {

/// Said once in every output, and an attribute of every file.
inline constexpr std::string_view disclaimer = "truce compares assumptions; it does not forecast.";

}  // namespace truce::results
