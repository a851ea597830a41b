#include "text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "utf8.hpp"

namespace truce::results {

namespace {

void put(std::string& line, const std::string& cell, std::size_t width, Align align) {
  const std::string blanks(width - length_utf8(cell), ' ');
  line += align == Align::left ? cell + blanks : blanks + cell;
}

}  // namespace

std::string TextTable::text() const {
  std::string result;
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < headings_.size(); ++i) {
    std::size_t width = length_utf8(headings_[i].text);
    for (const auto& row : rows_) width = std::max(width, length_utf8(row[i]));
    widths.push_back(width);
  }
  const auto put_line = [&](auto&& cell_of) {
    std::string line;
    for (std::size_t i = 0; i < headings_.size(); ++i) {
      if (i > 0) line += "  ";
      put(line, cell_of(i), widths[i], headings_[i].align);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    result += line + "\n";
  };
  put_line([&](std::size_t i) { return headings_[i].text; });
  for (const auto& row : rows_) put_line([&](std::size_t i) { return row[i]; });
  return result;
}

std::string wrapped(const std::string& text, std::size_t indent, std::size_t columns) {
  std::string result;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string word = text.substr(at, end - at);
    const std::size_t width = length_utf8(word);
    if (used > 0 && used + 1 + width > columns) {
      result += "\n" + std::string(indent, ' ');
      used = indent;
    } else if (used > 0) {
      result += ' ';
      ++used;
    }
    result += word;
    used += width;
    if (end < text.size() && text[end] == '\n') {
      result += '\n';
      used = 0;
    }
    at = end + 1;
  }
  return result;
}

std::string short_number(double x) {
  if (std::isnan(x)) return "-";
  const double size = std::abs(x);
  if (size < 1e7 && (x == std::trunc(x) || size >= 1000)) return fmt::format("{:.0f}", x + 0.0);
  return fmt::format("{:.4g}", x);
}

std::string per_cent(double p) {
  return std::isnan(p) ? "-" : fmt::format("{:.1f}", 100 * p);
}

}  // namespace truce::results
