#include "base/csv.hpp"

#include <cmath>
#include <string>

#include "fuzz/targets.hpp"

namespace truce::fuzz {

void csv(std::string_view text) {
  std::vector<base::CsvProblem> problems;
  const auto table = base::read_csv(std::string(text), problems);
  require(table.has_value() == problems.empty(), "a table, or problems");
  require(problems.size() <= base::CsvTable::most_problems, "few problems are told");
  if (!table) return;
  for (std::size_t column = 0; column < table->names().size(); ++column) {
    std::vector<base::CsvProblem> wrong;
    const auto numbers = table->numbers(column, wrong);
    require(wrong.empty() ? numbers.size() == table->rows() : numbers.empty(),
            "all numbers, or none");
    for (const double number : numbers) require(std::isfinite(number), "numbers are finite");
  }
}

}  // namespace truce::fuzz
