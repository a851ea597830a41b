#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace truce::results {

enum class Align : std::uint8_t { left, right };

/// Cells in columns that are as wide as their widest cell, for the terminal.
class TextTable {
 public:
  struct Heading {
    std::string text;
    Align align = Align::right;
  };

  explicit TextTable(std::vector<Heading> headings) : headings_(std::move(headings)) {}

  /// As many cells as there are headings, in valid UTF-8.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// Every line ends with a line break.
  [[nodiscard]] std::string text() const;

 private:
  std::vector<Heading> headings_;
  std::vector<std::vector<std::string>> rows_;
};

/// Lines broken at blanks so that they fit the columns, with the rest of a line indented by so
/// many.
std::string wrapped(const std::string& text, std::size_t indent, std::size_t columns = 80);

/// A number with four digits, as short as that goes; "-" for NaN.
std::string short_number(double x);
/// A probability in per cent, without the sign.
std::string per_cent(double p);

}  // namespace truce::results
