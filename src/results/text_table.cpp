#include "results/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "results/detail/utf8.hpp"

namespace truce::results {

namespace {

constexpr std::size_t gap = 2;  // between columns

void put(std::string& line, const std::string& cell, std::size_t width, Align align) {
  const std::string blanks(width - length_utf8(cell), ' ');
  line += align == Align::left ? cell + blanks : blanks + cell;
}

}  // namespace

/// Of all columns; the first one is not wider than what it leaves to the others.
std::vector<std::size_t> TextTable::widths(std::size_t columns) const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < headings_.size(); ++i) {
    std::size_t width = length_utf8(headings_[i].text);
    for (const auto& row : rows_) width = std::max(width, length_utf8(row[i]));
    widths.push_back(width);
  }
  std::size_t others = 0;
  for (std::size_t i = 1; i < widths.size(); ++i) others += widths[i] + gap;
  const std::size_t least = std::max(length_utf8(headings_.front().text), columns / 4);
  if (widths.front() + others > columns) {
    const std::size_t left = columns > others ? columns - others : 0;
    widths.front() = std::min(widths.front(), std::max(left, least));
  }
  return widths;
}

std::size_t TextTable::width() const {
  std::size_t sum = 0;
  for (const std::size_t width : widths(std::numeric_limits<std::size_t>::max())) {
    sum += width + (sum > 0 ? gap : 0);
  }
  return sum;
}

std::string TextTable::part(const std::vector<std::size_t>& shown,
                            const std::vector<std::size_t>& widths, Keys keys) const {
  std::string result;
  const auto end_line = [&](std::string& line) {
    line.erase(line.find_last_not_of(' ') + 1);
    result += std::exchange(line, "") + "\n";
  };
  const auto put_line = [&](auto&& cell_of) {
    std::string line;
    for (std::size_t place = 0; place < shown.size(); ++place) {
      const std::size_t i = shown[place];
      if (place == keys_ && keys == Keys::above) end_line(line);
      if (i > 0) line += std::string(gap, ' ');
      std::string cell = cell_of(i);
      if (i == 0 && length_utf8(cell) > widths[0]) {
        result += std::exchange(cell, "") + "\n";
      }
      put(line, cell, widths[i], headings_[i].align);
    }
    end_line(line);
  };
  put_line([&](std::size_t i) { return headings_[i].text; });
  for (const auto& row : rows_) put_line([&](std::size_t i) { return row[i]; });
  return result;
}

std::string TextTable::text(std::size_t columns) const {
  const std::vector<std::size_t> widths = this->widths(columns);
  std::vector<std::size_t> keys;
  std::size_t of_keys = 0;
  for (std::size_t i = 0; i < std::min(keys_, widths.size()); ++i) {
    keys.push_back(i);
    of_keys += widths[i] + (i > 0 ? gap : 0);
  }
  std::vector<std::size_t> others;
  std::size_t widest = 0;
  for (std::size_t i = keys.size(); i < widths.size(); ++i) {
    const bool empty = !rows_.empty() &&
                       std::ranges::all_of(rows_, [&](const auto& row) { return row[i].empty(); });
    if (empty) continue;
    others.push_back(i);
    widest = std::max(widest, widths[i]);
  }
  const Keys place = of_keys + gap + widest > columns ? Keys::above : Keys::beside;
  const std::size_t before = place == Keys::above ? 0 : of_keys;
  std::string result;
  std::vector<std::size_t> shown = keys;
  std::size_t used = before;
  for (const std::size_t i : others) {
    if (used + gap + widths[i] > columns && shown.size() > keys.size()) {
      result += part(std::exchange(shown, keys), widths, place) + "\n";
      used = before;
    }
    shown.push_back(i);
    used += gap + widths[i];
  }
  return result + part(shown, widths, place);
}

std::string wrapped(const std::string& text, std::size_t indent, std::size_t columns) {
  std::string result;
  std::size_t used = 0;
  bool at_start = true;  // of a line, whose own indentation stays
  for (std::size_t at = 0; at < text.size();) {
    if (at_start && text[at] == ' ') {
      result += ' ';
      ++used;
      ++at;
      continue;
    }
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string word = text.substr(at, end - at);
    const std::size_t width = length_utf8(word);
    if (!at_start && used + 1 + width > columns) {
      result += "\n" + std::string(indent, ' ');
      used = indent;
    } else if (!at_start) {
      result += ' ';
      ++used;
    }
    result += word;
    used += width;
    at_start = end < text.size() && text[end] == '\n';
    if (at_start) {
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

std::string decimal(double x, int decimals) {
  if (std::isnan(x)) return "-";
  std::string text = fmt::format("{:.{}f}", x, decimals);
  const bool is_zero = text.find_first_not_of("-0.") == std::string::npos;
  return is_zero && text.starts_with('-') ? text.substr(1) : text;
}

std::string per_cent(double p) {
  constexpr double rounding = 1e-10;  // of 100: no share of trials lies as near to its ends
  const double x = 100 * p;
  const double to_end = std::min(x, 100 - x);
  if (!(to_end > rounding && to_end < 0.05)) return decimal(x, 1);
  const int zeros = static_cast<int>(std::ceil(-std::log10(to_end)));
  return decimal(x, std::min(zeros + (x < 50 ? 1 : 0), 15));
}

std::string range_text(const std::string& low, const std::string& high) {
  return low == "-" && high == "-" ? "-" : low + " to " + high;
}

}  // namespace truce::results
