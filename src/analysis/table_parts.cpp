#include "analysis/table_parts.hpp"

#include <algorithm>

namespace truce::analysis {

using Eigen::Index;

std::vector<Index> varied(const StudyTable& table) {
  std::vector<Index> result;
  for (Index j = 0; j < table.values.cols(); ++j) {
    if (table.values.col(j).minCoeff() < table.values.col(j).maxCoeff()) result.push_back(j);
  }
  return result;
}

StudyTable with_parameters(const StudyTable& table, const std::vector<Index>& parameters) {
  StudyTable result = table;
  result.parameters.clear();
  for (const Index j : parameters) {
    result.parameters.push_back(table.parameters[static_cast<std::size_t>(j)]);
  }
  result.values = table.values(Eigen::all, parameters);
  if (table.unit.size() > 0) result.unit = table.unit(Eigen::all, parameters);
  return result;
}

WholeUnits whole_units(const StudyTable& table, DesignUnit kind) {
  const auto points = static_cast<Index>(table.rows.size() + table.left_out.size());
  const Index of_unit = table.values.cols() + (kind == DesignUnit::base_row ? 2 : 1);
  const Index units = points / of_unit;
  const auto unit_of = [&](Index point) {
    return kind == DesignUnit::base_row ? point % units : point / of_unit;
  };
  std::vector<bool> whole(static_cast<std::size_t>(units), true);
  for (const std::size_t point : table.left_out) {
    whole[static_cast<std::size_t>(unit_of(static_cast<Index>(point)))] = false;
  }
  std::vector<Index> kept;
  Index row = 0;
  for (Index point = 0; point < points; ++point) {
    if (std::ranges::binary_search(table.left_out, static_cast<std::size_t>(point))) continue;
    if (whole[static_cast<std::size_t>(unit_of(point))]) kept.push_back(row);
    ++row;
  }
  WholeUnits result{.table = table};
  result.units = static_cast<Index>(std::ranges::count(whole, true));
  result.left_out = units - result.units;
  result.table.rows.clear();
  for (const Index k : kept) {
    result.table.rows.push_back(table.rows[static_cast<std::size_t>(k)]);
  }
  result.table.values = table.values(kept, Eigen::all);
  if (table.unit.size() > 0) result.table.unit = table.unit(kept, Eigen::all);
  result.table.target = table.target(kept);
  result.table.batches = table.batches(kept, Eigen::all);
  return result;
}

}  // namespace truce::analysis
