#pragma once

#include <string>
#include <string_view>

namespace truce::base {

/// Text as one word of a shell's command, in quotes where it needs them.
std::string shell_word(std::string_view text);

}  // namespace truce::base
