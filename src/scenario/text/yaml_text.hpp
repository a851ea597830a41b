#pragma once

// What yaml-cpp's events do not tell, read from the text where they happened.

#include <cstddef>
#include <string_view>

namespace truce::scenario {

bool has_open_parenthesis(std::string_view text);
/// Whether the scalar that starts the text is not in quotes, or has its closing one: yaml-cpp lets
/// the end of the file pass for it.
bool is_closed(std::string_view text);
/// Whether a null that starts the text is written out, or just nothing.
bool is_written_null(std::string_view text);
/// The offset of a node behind its anchor and tag: yaml-cpp's mark is that of these.
std::size_t past_properties(std::string_view text, std::size_t offset);

}  // namespace truce::scenario
