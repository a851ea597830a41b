#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "analysis/turning_points.hpp"
#include "base/nearest.hpp"

namespace truce::analysis {

namespace {

bool is_number(const model::Column& column) {
  return column.kind == model::Column::Kind::real || column.kind == model::Column::Kind::integer;
}

}  // namespace

Watched watched(const model::Model& model, const std::string& outcome, double by) {
  const auto at = std::ranges::find(model.columns, outcome, &model::Column::name);
  if (at == model.columns.end()) {
    std::vector<std::string> names;
    for (const model::Column& column : model.columns) names.push_back(column.name);
    throw std::invalid_argument(fmt::format("the scenario has no outcome '{}'; {}", outcome,
                                            base::name_hint(outcome, names)));
  }
  if (is_number(*at)) {
    if (std::isnan(by)) {
      throw std::invalid_argument(fmt::format(
          "'{}' is a number; say with --by how much it must differ to count as changed, such as "
          "--by 1",
          outcome));
    }
    if (!(by > 0)) throw std::invalid_argument(fmt::format("--by is {}; it must be above 0", by));
  } else if (!std::isnan(by)) {
    throw std::invalid_argument(
        fmt::format("--by is for numbers; '{}' is {}", outcome,
                    at->kind == model::Column::Kind::category ? "a label" : "a yes or no"));
  }
  return {.column = static_cast<std::size_t>(at - model.columns.begin()), .by = by};
}

std::vector<std::string> results_of(const model::Model& model, const Watched& watched) {
  const model::Column& column = model.columns[watched.column];
  std::vector<std::string> names;
  if (column.source == model::ColumnSource::ending) {
    names.assign(model.endings.begin(), model.endings.end());
  } else if (column.source == model::ColumnSource::cause) {
    names.assign(model.causes.begin(), model.causes.end());
  } else if (is_number(column)) {
    names = {"lower", "higher", "missing", "present"};
  } else {
    names = {"no", "yes"};
  }
  names.emplace_back("fails");
  return names;
}

}  // namespace truce::analysis
