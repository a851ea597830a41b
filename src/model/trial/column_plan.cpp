#include "model/trial/column_plan.hpp"

namespace truce::model {

ColumnPlan::ColumnPlan(const Model& model) {
  for (std::uint32_t i = 0; i < model.columns.size(); ++i) {
    const Column& column = model.columns[i];
    if (column.kind == Column::Kind::integer) whole.push_back(i);
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
