#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// What every layer needs to know of texts: it knows nothing of any other layer.
namespace truce::base {

/// Bytes of the UTF-8 character that begins the text; 0 if it is none. Overlong forms, surrogates
/// and numbers above U+10FFFF are none (The Unicode Standard, table 3-7).
std::size_t character_length(std::string_view text);

/// Whether the byte goes on with a UTF-8 character rather than beginning one.
constexpr bool continues_character(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Line and column, both from 1, of the character at an offset. Columns count characters.
std::pair<int, int> place_in(std::string_view text, std::size_t offset);

/// What an invisible character at the start of the text is called, such as "no-break space
/// (U+00A0)"; nothing if it begins with any other one. Tabs, line ends and spaces are others.
std::optional<std::string> invisible_character(std::string_view text);

/// Without the blanks and tabs at either end.
std::string_view trimmed(std::string_view text);

/// A user's text for a message: in single quotes, shortened beyond 60 bytes.
std::string shown(std::string_view text);

}  // namespace truce::base
