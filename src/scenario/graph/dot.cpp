#include "scenario/graph/dot.hpp"

#include <fmt/format.h>

namespace truce::scenario {

namespace {

constexpr std::size_t longest = 56;

std::string_view escaped(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return {};
  }
}

std::string quoted(std::string_view id) {
  std::string result = "\"";
  for (const char c : id) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

}  // namespace

std::string html(std::string_view text) {
  std::string result;
  std::size_t characters = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xC0U) == 0x80U;  // within a character of UTF-8
    if (!continues && ++characters > longest) return result + "...";
    if (byte < 0x20 || byte == 0x7F) {
      result += ' ';
    } else if (const std::string_view entity = escaped(c); !entity.empty()) {
      result += entity;
    } else {
      result += c;
    }
  }
  return result;
}

std::string label(const std::vector<std::string>& lines) {
  std::string result;
  for (const std::string& line : lines) {
    if (line.empty()) continue;
    result += result.empty() ? fmt::format("<b>{}</b>", line) : "<br/>" + line;
  }
  return fmt::format("label=<{}>", result.empty() ? " " : result);
}

void Dot::line(std::string_view text) {
  text_.append(2 * depth_, ' ');
  text_ += text;
  text_ += '\n';
}

void Dot::node(std::string_view id, const std::string& attributes) {
  line(fmt::format("{} [{}];", quoted(id), attributes));
}

void Dot::edge(std::string_view from, std::string_view to, const std::string& attributes) {
  line(fmt::format("{} -> {} [{}];", quoted(from), quoted(to), attributes));
}

void Dot::open(std::string_view head) {
  line(fmt::format("{} {{", head));
  ++depth_;
}

void Dot::close() {
  --depth_;
  line("}");
}

}  // namespace truce::scenario
