#include "base/csv.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace truce::base {

namespace {

constexpr std::size_t most_cells = 10'000'000;

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

/// A quoted cell's text: its doubled quotes are single ones.
std::string unquoted(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    result += text[i];
    if (text[i] == '"') ++i;
  }
  return result;
}

}  // namespace

/// Goes through the text once. The first error of form ends the reading, as what follows it has
/// lost its place; rows of a wrong width do not.
class CsvReader {
 public:
  CsvReader(std::string text, std::vector<CsvProblem>& problems) : problems_(problems) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
    table_.text_ = std::move(text);
    const std::string_view all = table_.text_;
    // Empty lines at the end are no rows.
    const auto last = all.find_last_not_of(" \t\r\n");
    end_ = last == all.npos ? 0 : last + 1;
  }

  std::optional<CsvTable> run() {
    const std::size_t before = problems_.size();
    if (!is_text()) return std::nullopt;
    if (end_ == 0) {
      problem(0, "the file is empty", "a CSV file begins with a line of names");
      return std::nullopt;
    }
    try {
      if (!names()) return std::nullopt;
      while (at_ < end_ && problems_.size() - before < CsvTable::most_problems) row();
    } catch (const Abandoned&) {
      return std::nullopt;
    }
    if (problems_.size() == before && table_.cells_.empty()) {
      problem(0, "there are no rows", "only a line of names");
    }
    if (problems_.size() > before) return std::nullopt;
    return std::move(table_);
  }

 private:
  using Cell = CsvTable::Cell;
  /// The text's form is broken; told already.
  struct Abandoned {};

  void problem(std::size_t offset, std::string text, std::string why = {},
               std::string suggestion = {}) {
    const auto [line, column] = place_in(table_.text_, offset);
    problems_.push_back({line, column, std::move(text), std::move(why), std::move(suggestion)});
  }

  /// UTF-8 without NUL, of a size that can be read.
  bool is_text() {
    const std::string_view text = table_.text_;
    if (text.size() > largest_csv) {
      problem(0, "the file is larger than 64 MB");
      return false;
    }
    for (std::size_t i = 0; i < text.size();) {
      const std::size_t length = character_length(text.substr(i));
      const auto byte = static_cast<unsigned char>(text[i]);
      if (length == 0) {
        problem(i, fmt::format("byte 0x{:02x} is not UTF-8", byte),
                i == 0 && byte >= 0xFE ? "the file looks like UTF-16" : "",
                "save the file as UTF-8");
        return false;
      }
      if (byte == 0) {
        problem(i, "a NUL byte in the file", "", "is it a text file?");
        return false;
      }
      i += length;
    }
    return true;
  }

  /// Reads the cell that begins here, up to the comma or line end behind it.
  Cell cell() {
    const std::string_view text = std::string_view(table_.text_).substr(0, end_);
    while (at_ < end_ && is_blank(text[at_])) ++at_;
    if (at_ < end_ && text[at_] == '"') return quoted_cell(text);
    const std::size_t begin = at_;
    at_ = std::min(text.find_first_of(",\n\"", at_), end_);
    if (at_ < end_ && text[at_] == '"') {
      problem(at_, "a quote inside a value", "",
              "quote the whole value, and double the quotes in it");
      throw Abandoned{};
    }
    std::string_view value = text.substr(begin, at_ - begin);
    if (at_ < end_ && text[at_] == '\n' && value.ends_with('\r')) value.remove_suffix(1);
    value = trimmed(value);
    if (const auto stray = value.find('\r'); stray != value.npos) {
      problem(begin + stray, "a carriage return that ends no line", "",
              "end lines with a line feed");
      throw Abandoned{};
    }
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(value.size())};
  }

  Cell quoted_cell(std::string_view text) {
    const std::size_t opening = at_;
    std::size_t close = text.find('"', opening + 1);
    while (close != text.npos && close + 1 < end_ && text[close + 1] == '"') {
      close = text.find('"', close + 2);
    }
    if (close == text.npos) {
      problem(opening, "the quote is never closed", "", "close it; a quote in a text is doubled");
      throw Abandoned{};
    }
    at_ = close + 1;
    while (at_ < end_ && is_blank(text[at_])) ++at_;
    if (text.substr(at_).starts_with("\r\n")) ++at_;
    if (at_ < end_ && text[at_] != ',' && text[at_] != '\n') {
      problem(at_, "the value goes on after its closing quote", "",
              "put a comma there, or double the quotes in the value");
      throw Abandoned{};
    }
    return {static_cast<std::uint32_t>(opening + 1),
            static_cast<std::uint32_t>(close - opening - 1)};
  }

  /// The cells of the line that begins here; the next one begins behind it.
  const std::vector<Cell>& line() {
    line_.clear();
    while (true) {
      line_.push_back(cell());
      if (line_.size() + table_.cells_.size() > most_cells) {
        problem(at_, "more than 10,000,000 values", "the file is too large");
        throw Abandoned{};
      }
      if (at_ >= end_ || table_.text_[at_++] == '\n') return line_;
    }
  }

  [[nodiscard]] std::string_view text_of(const Cell& cell) const {
    return std::string_view(table_.text_).substr(cell.begin, cell.size);
  }

  bool names() {
    const std::size_t before = problems_.size();
    for (const Cell& cell : line()) {
      if (problems_.size() - before == CsvTable::most_problems) return false;
      const std::string name = unquoted(trimmed(text_of(cell)));
      if (name.empty()) {
        problem(cell.begin, "the name of a column is missing");
      } else if (std::ranges::find(table_.names_, name) != table_.names_.end()) {
        problem(cell.begin, fmt::format("the name {} stands there twice", shown(name)));
      }
      table_.names_.push_back(name);
      constexpr std::size_t most_names = 10'000;
      if (table_.names_.size() > most_names) {
        problem(cell.begin, "more than 10,000 columns");
        return false;
      }
    }
    const std::string& first = table_.names_.front();
    if (table_.names_.size() == 1 && first.find_first_of(";\t") != first.npos) {
      problem(0,
              fmt::format("the names stand between {}, not commas",
                          first.find(';') != first.npos ? "semicolons" : "tabs"),
              "", "save the file with commas between values and points in numbers");
    }
    return problems_.size() == before;
  }

  void row() {
    const std::size_t begin = at_;
    const std::vector<Cell>& cells = line();
    const std::size_t width = table_.names_.size();
    if (cells.size() == width) {
      const bool blank = width == 1 && cells[0].size == 0;
      if (!blank) {
        table_.cells_.insert(table_.cells_.end(), cells.begin(), cells.end());
        return;
      }
    }
    if (cells.size() == 1 && cells[0].size == 0) {
      return problem(begin, "an empty line among the rows", "",
                     "remove it, or write the value that is missing");
    }
    const bool more = cells.size() > width;
    problem(more ? cells[width].begin : cells.back().begin,
            fmt::format("{} value{} for {} name{}", cells.size(), cells.size() == 1 ? "" : "s",
                        width, width == 1 ? "" : "s"),
            "", more ? "quote a text with a comma in it, and write numbers with a point" : "");
  }

  CsvTable table_;
  std::vector<CsvProblem>& problems_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  std::vector<Cell> line_;
};

std::optional<CsvTable> read_csv(std::string text, std::vector<CsvProblem>& problems) {
  return CsvReader(std::move(text), problems).run();
}

}  // namespace truce::base
