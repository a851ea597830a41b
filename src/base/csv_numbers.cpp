#include <algorithm>
#include <tuple>

#include "base/csv.hpp"
#include "base/number.hpp"
#include "base/text.hpp"

namespace truce::base {

namespace {

/// What is wrong with a cell that is no finite number.
CsvProblem judged(std::string_view cell) {
  CsvProblem found;
  if (cell.empty()) {
    found.problem = "a value is missing";
    found.suggestion = "write a number, or remove the row";
    return found;
  }
  found.problem = shown(cell) + " is no finite number";
  const bool digits = std::ranges::any_of(cell, [](char c) { return c >= '0' && c <= '9'; });
  if (digits && cell.find(',') != cell.npos) {
    found.suggestion = "write a decimal point, and thousands without a separator";
  } else if (cell.starts_with("\u2212")) {
    found.suggestion = "write a plain '-'";
  } else if (digits && cell.ends_with('%')) {
    found.suggestion = "write 0.05 for 5 %";
  }
  return found;
}

}  // namespace

std::vector<double> CsvTable::numbers(std::size_t column, std::vector<CsvProblem>& problems) const {
  std::vector<double> values;
  values.reserve(rows());
  const std::size_t before = problems.size();
  for (std::size_t i = column; i < cells_.size(); i += names_.size()) {
    const Cell& cell = cells_[i];
    const std::string_view text = trimmed(std::string_view(text_).substr(cell.begin, cell.size));
    if (const auto number = finite_number(text)) {
      values.push_back(*number);
      continue;
    }
    CsvProblem found = judged(text);
    std::tie(found.line, found.column) = place_in(text_, cell.begin);
    problems.push_back(std::move(found));
    if (problems.size() - before == most_problems) break;
  }
  return problems.size() > before ? std::vector<double>{} : values;
}

}  // namespace truce::base
