#include "scenario/text/quoting.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace truce::scenario {

namespace {

/// Bytes that stand for themselves between quotes: no control character and none that some reader
/// may take for a line break.
bool is_simple(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte != 0x7F;
}

std::string single_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "''" : std::string(1, c);
  return out + "'";
}

}  // namespace

std::string yaml_quoted(std::string_view text) {
  const bool simple = std::all_of(text.begin(), text.end(), is_simple);
  if (simple && text.find_first_of("\"\\") != text.npos) return single_quoted(text);
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '"' || byte == '\\') {
      out += '\\';
      out += text[i];
    } else if (byte == '\n') {
      out += "\\n";
    } else if (byte == '\t') {
      out += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02x}", byte);
    } else if (const auto pair = text.substr(i, 2); pair >= "\xC2\x80" && pair <= "\xC2\x9F") {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[++i]));
    } else if (const auto three = text.substr(i, 3);
               three == "\xE2\x80\xA8" || three == "\xE2\x80\xA9" || three == "\xEF\xBB\xBF") {
      out += three[0] == '\xEF' ? "\\ufeff" : three[2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out + "\"";
}

}  // namespace truce::scenario
