#pragma once

#include <string>
#include <string_view>

namespace truce::scenario {

/// The text as a quoted YAML scalar on one line.
std::string yaml_quoted(std::string_view text);

}  // namespace truce::scenario
