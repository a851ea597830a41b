#pragma once

#include <optional>
#include <string>
#include <vector>

#include "results/schema.hpp"
#include "study/precision.hpp"

namespace truce::cli {

/// OUTCOME=HALF_WIDTH as a rule; nothing, with a message, where it is wrong.
std::optional<study::PrecisionRule> precision_rule(const std::string& text,
                                                   const std::vector<results::Column>& columns);

/// The same text in one form, however the number was spelled.
std::string canonical_precision(const std::string& text);

}  // namespace truce::cli
