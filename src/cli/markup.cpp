#include "cli/markup.hpp"

#include <cctype>

namespace truce::cli {

namespace {

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

/// Each character as `escape` has it: itself where that is empty.
template <class Escape>
std::string escaped(std::string_view text, Escape&& escape) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_control(text[i])) {
      result += ' ';
      continue;
    }
    const std::string_view with = escape(i);
    if (with.empty()) {
      result += text[i];
    } else {
      result += with;
    }
  }
  return result;
}

}  // namespace

std::string in_markdown(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_control(c)) {
      result += ' ';
      continue;
    }
    // An underline within a word is no emphasis (CommonMark 0.30, 6.2).
    const bool within =
        c == '_' && i > 0 && i + 1 < text.size() && is_word(text[i - 1]) && is_word(text[i + 1]);
    if (!within && std::string_view("\\`*_[]<>|&$~#").find(c) != std::string_view::npos) {
      result += '\\';
    }
    result += c;
  }
  return result;
}

std::string in_csv(std::string_view text) {
  const bool plain = text.find_first_of(",\"\r\n") == std::string_view::npos &&
                     (text.empty() || (text.front() != ' ' && text.back() != ' '));
  if (plain) return std::string(text);
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + '"';
}

std::string in_latex(std::string_view text) {
  return escaped(text, [&](std::size_t i) -> std::string_view {
    switch (text[i]) {
      case '\\':
        return "\\textbackslash{}";
      case '~':
        return "\\textasciitilde{}";
      case '^':
        return "\\textasciicircum{}";
      case '<':
        return "\\textless{}";
      case '>':
        return "\\textgreater{}";
      case '|':
        return "\\textbar{}";
      case '"':
        return "\\textquotedbl{}";
      case '&':
        return "\\&";
      case '%':
        return "\\%";
      case '$':
        return "\\$";
      case '#':
        return "\\#";
      case '_':
        return "\\_";
      case '{':
        return "\\{";
      case '}':
        return "\\}";
      case '[':
        return "{[}";  // as the first in a row it would begin an option of \\ before it
      case ']':
        return "{]}";
      case '-':
        // Two of them would become a dash.
        return i > 0 && text[i - 1] == '-' ? "{}-" : "";
      default:
        return {};
    }
  });
}

std::string in_html(std::string_view text) {
  return escaped(text, [&](std::size_t i) -> std::string_view {
    switch (text[i]) {
      case '&':
        return "&amp;";
      case '<':
        return "&lt;";
      case '>':
        return "&gt;";
      case '"':
        return "&quot;";
      case '\'':
        return "&#39;";
      default:
        return {};
    }
  });
}

}  // namespace truce::cli
