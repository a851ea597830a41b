#include "scenario/text/yaml_text.hpp"

#include <algorithm>
#include <array>

namespace truce::scenario {

bool has_open_parenthesis(std::string_view text) {
  return std::count(text.begin(), text.end(), '(') > std::count(text.begin(), text.end(), ')');
}

bool is_closed(std::string_view text) {
  if (text.empty() || (text[0] != '"' && text[0] != '\'')) return true;
  const char quote = text[0];
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || text.substr(i + 1, 1) != "'") return true;
      ++i;
    }
  }
  return false;
}

bool is_written_null(std::string_view text) {
  constexpr std::array<std::string_view, 4> words = {"~", "null", "Null", "NULL"};
  return std::any_of(words.begin(), words.end(), [&](auto word) {
    if (text.substr(0, word.size()) != word) return false;
    const auto rest = text.substr(word.size());
    return rest.empty() || std::string_view(" ,]}\r\n").find(rest[0]) != rest.npos;
  });
}

std::size_t past_properties(std::string_view text, std::size_t offset) {
  while (offset < text.size() && (text[offset] == '&' || text[offset] == '!')) {
    offset = std::min(text.find_first_of(" \t\r\n", offset), text.size());
    while (offset < text.size() && std::string_view(" \t\r\n#").find(text[offset]) != text.npos) {
      offset = text[offset] == '#' ? std::min(text.find('\n', offset), text.size()) : offset + 1;
    }
  }
  return offset;
}

}  // namespace truce::scenario
