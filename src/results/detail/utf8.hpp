#pragma once

#include <string>
#include <string_view>

namespace truce::results {

/// The text with every byte that is not UTF-8, and every NUL, replaced by U+FFFD: readers of the
/// files take nothing else, and a command line may hold anything.
std::string valid_utf8(std::string_view text);

/// For a terminal: valid, and with control characters, which could drive it, replaced by U+FFFD.
std::string printable(std::string_view text);

/// Characters of valid UTF-8.
std::size_t length_utf8(std::string_view text);

}  // namespace truce::results
