#include "results/detail/utf8.hpp"

#include "base/text.hpp"

namespace truce::results {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

template <class Refused>
std::string replaced(std::string_view text, Refused&& refused) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t size = base::character_length(text);
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
