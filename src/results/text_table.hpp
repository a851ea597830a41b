#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace truce::results {

enum class Align : std::uint8_t { left, right };

/// Columns of the narrowest terminal that is written for, and of files and pipes.
inline constexpr std::size_t usual_columns = 80;

/// Cells in columns that are as wide as their widest cell, for the terminal. What does not fit its
/// width side by side stands in tables one below the other, each with the first columns again; a
/// first cell that is much longer than the others has a line of its own, and so have all of the
/// first columns where they leave too little to one of the others. A column of empty cells is left
/// out.
class TextTable {
 public:
  struct Heading {
    std::string text;
    Align align = Align::right;
  };

  /// The first `keys` columns tell rows apart.
  explicit TextTable(std::vector<Heading> headings, std::size_t keys = 1)
      : headings_(std::move(headings)), keys_(keys) {}

  /// As many cells as there are headings, in valid UTF-8.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  /// Every line ends with a line break.
  [[nodiscard]] std::string text(std::size_t columns = usual_columns) const;
  /// Of all columns side by side.
  [[nodiscard]] std::size_t width() const;

 private:
  [[nodiscard]] std::vector<std::size_t> widths(std::size_t columns) const;
  enum class Keys : std::uint8_t { beside, above };  ///< where they stand to the other columns
  [[nodiscard]] std::string part(const std::vector<std::size_t>& shown,
                                 const std::vector<std::size_t>& widths, Keys keys) const;

  std::vector<Heading> headings_;
  std::size_t keys_;
  std::vector<std::vector<std::string>> rows_;
};

/// Lines broken at blanks so that they fit the columns, with the rest of a line indented by so
/// many.
std::string wrapped(const std::string& text, std::size_t indent,
                    std::size_t columns = usual_columns);

/// A number with four digits, as short as that goes; "-" for NaN.
std::string short_number(double x);
/// A number with so many decimals; "-" for NaN.
std::string decimal(double x, int decimals);
/// A probability in per cent, without the sign, to a tenth; with as many digits as it takes where
/// it is nearly 0 or 1: "0.0" and "100.0" are kept for never and always.
std::string per_cent(double p);
/// "LOW to HIGH" of two texts; "-" where both are.
std::string range_text(const std::string& low, const std::string& high);

}  // namespace truce::results
