#include "api/estimate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.hpp"
#include "truce/error.hpp"

namespace truce::api {

std::size_t column_index(const std::vector<results::Column>& columns, const std::string& outcome) {
  const auto found = std::ranges::find(columns, outcome, &results::Column::name);
  if (found != columns.end()) return static_cast<std::size_t>(found - columns.begin());
  std::vector<std::string> names;
  for (const results::Column& column : columns) names.push_back(column.name);
  throw Error(fmt::format("there is no outcome '{}'{}", outcome, base::name_hint(outcome, names)));
}

const std::vector<std::string>& labels_of(const results::Column& column) {
  if (column.kind == results::ColumnKind::category) return column.labels;
  throw Error(fmt::format("'{}' is a number, and has no labels", column.name));
}

void require_number(const results::Column& column) {
  if (column.kind != results::ColumnKind::category) return;
  throw Error(fmt::format("'{}' has labels, and no mean", column.name));
}

Estimate estimate_of(const results::OutcomeSummary& summary) {
  return {.outcome = summary.name,
          .unit = summary.unit,
          .count = summary.count,
          .missing = summary.missing,
          .mean = summary.mean,
          .sd = summary.sd,
          .se = summary.se,
          .ci_low = summary.ci.low,
          .ci_high = summary.ci.high,
          .too_few = results::too_few(summary),
          .min = summary.min,
          .max = summary.max};
}

}  // namespace truce::api
