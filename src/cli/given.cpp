#include "cli/given.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

#include "analysis/row_condition.hpp"

namespace truce::cli {

namespace {

using ColumnOf = std::function<std::vector<double>(const std::string&)>;

std::vector<bool> trials_of(const std::string& text, const std::vector<results::Column>& columns,
                            const std::string& file, const ColumnOf& column) {
  const analysis::RowCondition condition(text, columns, file);
  if (condition.reads().empty()) {
    throw std::invalid_argument(
        fmt::format("--given '{}': reads no column, so all trials are alike to it", text));
  }
  auto holds = condition.rows([&](std::size_t i) { return column(columns[i].name); });
  const auto endings = column("ending");  // a trial that failed has none
  for (std::size_t i = 0; i < holds.size(); ++i) holds[i] = holds[i] && !std::isnan(endings[i]);
  return holds;
}

}  // namespace

std::vector<bool> trials_given(const std::string& condition, const results::RunReader& run,
                               const std::string& file) {
  return trials_of(condition, run.schema().columns, file,
                   [&](const std::string& name) { return run.column(name); });
}

std::vector<bool> trials_given(const std::string& condition, const results::StudyReader& study,
                               std::size_t row, const std::string& file) {
  return trials_of(condition, study.schema().common.columns, file,
                   [&](const std::string& name) { return study.column(name, row); });
}

std::size_t count_of(const std::vector<bool>& trials) {
  return static_cast<std::size_t>(std::ranges::count(trials, true));
}

void require_any(const std::vector<bool>& trials, const std::string& condition,
                 const std::string& file) {
  if (count_of(trials) > 0) return;
  throw std::invalid_argument(fmt::format("{}: --given '{}' holds in none of its {} trials", file,
                                          condition, trials.size()));
}

}  // namespace truce::cli
