#include "scenario/text/broken_values.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

#include "scenario/text/quoting.hpp"

namespace truce::scenario {

namespace {

constexpr std::size_t longest_value = 4096;
/// Bounds the work on a file of nothing but open parentheses.
constexpr int most_misses = 1000;

/// Past the quoted string that opens at `i`, or `i` itself if it is a mere apostrophe: a string
/// stands only where an argument begins.
std::size_t past_string(std::string_view text, std::size_t i) {
  if (text[i] != '\'' && text[i] != '"') return i;
  const auto before = text.substr(0, i).find_last_not_of(' ');
  if (before == text.npos || std::string_view("(,=").find(text[before]) == text.npos) return i;
  const auto close = text.find_first_of(std::string{text[i], '\n'}, i + 1);
  return close == text.npos || text[close] == '\n' ? i : close + 1;
}

/// End of the value that starts the text if YAML breaks it, that is, if its parentheses are
/// balanced only behind a comma or a colon; otherwise nothing.
std::optional<std::size_t> end_of_broken_value(std::string_view text, Style style) {
  int open = 0;
  bool broken = false;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    if (const auto next = past_string(text, i); next > i) i = next - 1;
    const char c = text[i];
    const bool before_space =
        i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n' || text[i + 1] == '\r';
    const bool comment = c == '#' && i > 0 && text[i - 1] == ' ';
    const bool separator = c == ',' || (c == ':' && before_space);
    if (c == '(') ++open;
    if (c == ')' && --open < 0) return std::nullopt;
    if (open == 0) {
      if (separator || comment || c == '\n' || c == ']' || c == '}') break;
    } else {
      if (comment || std::string_view("[]{}").find(c) != std::string_view::npos)
        return std::nullopt;
      if (c == '\n' && style == Style::block) return std::nullopt;
      broken = broken || separator;
    }
  }
  if (!broken || open > 0) return std::nullopt;
  return text.substr(0, i).find_last_not_of(" \r") + 1;
}

/// Offset in the line of the outermost parenthesis that is open at its end.
std::optional<std::size_t> open_parenthesis(std::string_view line) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (const auto next = past_string(line, i); next > i) i = next - 1;
    if (line[i] == '(') open.push_back(i);
    if (line[i] == ')' && !open.empty()) open.pop_back();
  }
  if (open.empty()) return std::nullopt;
  return open.front();
}

/// Offset in the line where the plain scalar begins that holds the character at `i`.
std::size_t start_of_scalar(std::string_view line, std::size_t i) {
  while (i > 0) {
    const char c = line[i - 1];
    if (c == '{' || c == '[' || c == ',') break;
    if (c == ' ' && i > 1 && line[i - 2] == ':') break;
    if (c == ' ' && line.substr(0, i).find_first_not_of(" -") == line.npos) break;
    --i;
  }
  return line.find_first_not_of(' ', i);
}

/// `key: ` if that stands right before the value.
std::string key_before(std::string_view text, std::size_t value) {
  const auto colon = text.substr(0, value).find_last_not_of(' ');
  if (value == 0 || colon == text.npos || text[colon] != ':') return {};
  const auto is_letter = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  std::size_t start = colon;
  while (start > 0 && colon - start < 64 && is_letter(text[start - 1])) --start;
  return start == colon ? "" : std::string(text.substr(start, colon - start)) + ": ";
}

}  // namespace

void BrokenValues::look_at(std::size_t start, Style style) {
  if (misses_ > most_misses) return;
  const auto after = ends_.upper_bound(start);
  if (after != ends_.begin() && start < std::prev(after)->second) return;
  if (const auto size = end_of_broken_value(source_.text().substr(start, longest_value), style)) {
    add(start, start + *size);
  } else {
    ++misses_;
  }
}

bool BrokenValues::look_around(std::size_t error) {
  const std::size_t count_before = count();
  const std::size_t begin = source_.line_start(std::min(error, source_.text().size()));
  if (error - begin > longest_value) return false;
  const auto line = source_.text().substr(begin, error - begin);
  if (const auto parenthesis = open_parenthesis(line)) {
    look_at(begin + start_of_scalar(line, *parenthesis), Style::block);
  }
  return count() > count_before;
}

void BrokenValues::add(std::size_t start, std::size_t end) {
  ends_[start] = end;
  for (std::size_t i = start; i < end; ++i) {
    if (masked_[i] != '\n' && masked_[i] != '\r') masked_[i] = 'x';
  }
}

std::optional<std::string> BrokenValues::text_at(std::size_t start) const {
  const auto found = ends_.find(start);
  if (found == ends_.end()) return std::nullopt;
  std::string text;
  for (const char c : source_.text().substr(start, found->second - start)) {
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!space)
      text += c;
    else if (!text.empty() && text.back() != ' ')
      text += ' ';
  }
  return text;
}

void BrokenValues::report(Diagnostics& diagnostics) const {
  for (const auto& [start, end] : ends_) {
    const auto text = *text_at(start);
    diagnostics.error(source_.position(start), "this value is broken in pieces: " + shown(text),
                      "without quotes YAML ends it at the comma inside { } or [ ], and at ': '",
                      "quote it: " + key_before(source_.text(), start) + yaml_quoted(text));
  }
}

}  // namespace truce::scenario
