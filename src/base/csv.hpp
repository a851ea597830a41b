#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace truce::base {

/// What is wrong with a CSV text, and where: line and column count characters from 1.
struct CsvProblem {
  int line = 1;
  int column = 1;
  std::string problem;
  std::string why;
  std::string suggestion;
};

/// Names, and as many cells in every row. A cell is a number only where it is asked for as one, so
/// that a column that nobody reads may hold anything.
class CsvTable {
 public:
  /// Of the columns, without the blanks around them; all different, none empty.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] std::size_t rows() const { return cells_.size() / names_.size(); }
  /// The numbers of a column, [row]. Each cell that is no finite number is a problem; the first
  /// `most_problems` are told, and nothing is returned then.
  [[nodiscard]] std::vector<double> numbers(std::size_t column,
                                            std::vector<CsvProblem>& problems) const;

  static constexpr std::size_t most_problems = 20;

 private:
  friend class CsvReader;
  struct Cell {
    std::uint32_t begin = 0, size = 0;  ///< in the text, without blanks and quotes around it
  };

  std::string text_;
  std::vector<std::string> names_;
  std::vector<Cell> cells_;  ///< row by row
};

/// Reads CSV text (RFC 4180, in UTF-8, a byte order mark is skipped): a line of names, then rows of
/// as many cells, between commas. Cells in double quotes may hold commas, line ends and doubled
/// quotes. Blanks around a cell are no part of it. Empty lines may stand at the end only. At most
/// 64 MB and 10 million cells. What is wrong is told, the first `CsvTable::most_problems` of it,
/// and nothing is returned then; no text is lost or guessed at.
std::optional<CsvTable> read_csv(std::string text, std::vector<CsvProblem>& problems);

/// The largest text that is read, in bytes.
constexpr std::size_t largest_csv = std::size_t{64} << 20U;

}  // namespace truce::base
