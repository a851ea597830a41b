#include "utf8.hpp"

#include <cstdint>

namespace truce::results {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Bytes of the well-formed character at the start of the text, 0 if there is none. Source: The
/// Unicode Standard, table 3-7.
std::size_t character_at(std::string_view text) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (byte(1) < low || byte(1) > high) return 0;
  for (std::size_t i = 2; i < size; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  }
  return size;
}

template <class Refused>
std::string replaced(std::string_view text, Refused&& refused) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = character_at(text);
    if (size == 0 || refused(text.substr(0, size))) {
      result += replacement;
      text.remove_prefix(size == 0 ? 1 : size);
    } else {
      result += text.substr(0, size);
      text.remove_prefix(size);
    }
  }
  return result;
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  return replaced(text, [](std::string_view character) { return character[0] == '\0'; });
}

std::string printable(std::string_view text) {
  return replaced(text, [](std::string_view character) {
    const auto lead = static_cast<unsigned char>(character[0]);
    const bool c1 = lead == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
    return lead < 0x20 || lead == 0x7F || c1;
  });
}

std::size_t length_utf8(std::string_view text) {
  std::size_t length = 0;
  for (const char c : text) length += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return length;
}

}  // namespace truce::results
