#include "base/shell_word.hpp"

#include <algorithm>

namespace truce::base {

namespace {

/// Whether no shell gives the character a meaning, anywhere in a word.
bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-./:=,+@%").find(c) != std::string_view::npos;
}

}  // namespace

std::string shell_word(std::string_view text) {
  if (!text.empty() && std::ranges::all_of(text, is_plain)) return std::string(text);
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'') {
      word += R"('\'')";  // ends the quotes, and begins them again
    } else {
      word += c;
    }
  }
  return word + "'";
}

}  // namespace truce::base
