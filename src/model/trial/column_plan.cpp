#include "model/trial/column_plan.hpp"

#include <bit>
#include <limits>

namespace truce::model {

ColumnPlan::ColumnPlan(const Model& model) {
  constexpr std::uint64_t any = std::numeric_limits<std::int64_t>::max();
  for (std::uint32_t i = 0; i < model.columns.size(); ++i) {
    const Column& column = model.columns[i];
    const bool whole = column.kind == Column::Kind::integer;
    most.push_back(whole ? std::bit_cast<std::uint64_t>(whole_limit) - 1 : any);
    if (column.at_ending) {
      at_ending.push_back(i);
    } else if (column.source == ColumnSource::measure) {
      const bool integral = model.measures[column.measure].kind == MeasureKind::integral;
      (integral ? integrals : totals).push_back({i, column.measure});
    } else if (column.source == ColumnSource::expression && column.expression.form == Form::plain &&
               column.kind != Column::Kind::boolean) {
      registers.push_back({i, column.expression.result});
    } else {
      others.push_back(i);
    }
  }
}

}  // namespace truce::model
