#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace truce::base {

namespace {

struct Invisible {
  std::string_view bytes;
  std::uint32_t number;
  std::string_view name;
};

// Those that come along when text is copied from pages and word processors.
constexpr std::array<Invisible, 16> invisibles = {{
    {"\u00A0", 0x00A0, "no-break space"},
    {"\u00AD", 0x00AD, "soft hyphen"},
    {"\u2002", 0x2002, "en space"},
    {"\u2003", 0x2003, "em space"},
    {"\u2007", 0x2007, "figure space"},
    {"\u2009", 0x2009, "thin space"},
    {"\u200A", 0x200A, "hair space"},
    {"\u200B", 0x200B, "zero-width space"},
    {"\u200C", 0x200C, "zero-width non-joiner"},
    {"\u200D", 0x200D, "zero-width joiner"},
    {"\u200E", 0x200E, "left-to-right mark"},
    {"\u200F", 0x200F, "right-to-left mark"},
    {"\u202F", 0x202F, "narrow no-break space"},
    {"\u2060", 0x2060, "word joiner"},
    {"\u3000", 0x3000, "ideographic space"},
    {"\uFEFF", 0xFEFF, "zero-width no-break space"},
}};

}  // namespace

std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto within = [&](std::size_t i, unsigned low, unsigned high) {
    return byte(i) >= low && byte(i) <= high;
  };
  if (text.empty()) return 0;
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return within(1, 0x80, 0xBF) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return within(1, low, high) && within(2, 0x80, 0xBF) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return within(1, low, high) && within(2, 0x80, 0xBF) && within(3, 0x80, 0xBF) ? 4 : 0;
  }
  return 0;
}

std::pair<int, int> place_in(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const std::string_view line = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
  const auto begins = [](char byte) { return !continues_character(byte); };
  return {static_cast<int>(std::ranges::count(before, '\n')) + 1,
          static_cast<int>(std::ranges::count_if(line, begins)) + 1};
}

std::optional<std::string> invisible_character(std::string_view text) {
  const auto found = std::ranges::find_if(
      invisibles, [&](const Invisible& one) { return text.starts_with(one.bytes); });
  if (found == invisibles.end()) return std::nullopt;
  return fmt::format("{} (U+{:04X})", found->name, found->number);
}

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string shown(std::string_view text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return "'" + std::string(text) + "'";
  std::size_t end = longest;
  while (end > 0 && continues_character(text[end])) --end;
  return "'" + std::string(text.substr(0, end)) + "...'";
}

}  // namespace truce::base
