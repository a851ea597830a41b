#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace truce::base {

/// Whether the text has the form of a date, 2025-01-26, if perhaps of a day that does not exist.
bool has_form_of_date(std::string_view text);

/// Days from 1970-01-01 to an ISO date (YYYY-MM-DD); nothing where the text is none, or that day
/// does not exist.
std::optional<std::int64_t> days_since_1970(std::string_view date);

}  // namespace truce::base
