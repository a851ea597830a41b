#include <algorithm>
#include <bit>
#include <cmath>

#include "model/trial/fail.hpp"
#include "model/trial/trial.hpp"

namespace truce::model {

void Trial::prepare_measures() {
  for (const Measure& measure : model_.measures) {
    MeasureState& state = unread_.emplace_back(MeasureState{.measure = measure});
    if (measure.kind == MeasureKind::first) state.total = not_a_number;
    if (measure.kind == MeasureKind::peak) state.total = -infinity;
    if (measure.kind == MeasureKind::trough) state.total = infinity;
    if (measure.kind == MeasureKind::timeline) state.value = not_a_number;
  }
}

void Trial::read_measure(std::size_t index) {
  MeasureState& state = measures_[index];
  const double x = numbers_(state.measure.expression);
  switch (state.measure.kind) {
    case MeasureKind::first:
      if (std::isnan(state.total) && x != 0) state.total = now_;
      break;
    case MeasureKind::integral:
      state.total += state.value * (now_ - state.since);
      break;
    case MeasureKind::peak:
      state.total = std::max(state.total, x);
      break;
    case MeasureKind::trough:
      state.total = std::min(state.total, x);
      break;
    case MeasureKind::timeline: {
      if (x == state.value) break;
      auto day = static_cast<std::uint32_t>(now_);
      if (now_ > day) ++day;  // up to the first whole day that is not before the horizon
      if (state.segment != none && segments_[state.segment].day == day) {
        segments_[state.segment].value = x;
      } else {
        state.segment = static_cast<std::uint32_t>(segments_.size());
        segments_.push_back({static_cast<std::uint32_t>(index) - model_.first_timeline, day, x});
      }
      break;
    }
  }
  state.value = x;
  state.since = now_;
}

void Trial::prepare_columns() {
  for (std::uint32_t i = 0; i < model_.columns.size(); ++i) {
    const Column& column = model_.columns[i];
    if (column.kind == Column::Kind::integer) columns_.whole.push_back(i);
    if (column.source == ColumnSource::measure) {
      const bool integral = model_.measures[column.measure].kind == MeasureKind::integral;
      (integral ? columns_.integrals : columns_.totals).push_back({i, column.measure});
    } else if (column.source == ColumnSource::expression && column.expression.form == Form::plain &&
               column.kind != Column::Kind::boolean) {
      columns_.registers.push_back({i, static_cast<std::uint32_t>(column.expression.result)});
    } else {
      columns_.others.push_back(i);
    }
  }
}

void Trial::refuse_whole(const std::string& name, double x) {
  fail(
      "outcome '{}' is {}, beyond whole numbers of 32 bits; divided by a larger unit, as in "
      "VALUE / 1000, it is a real number",
      name, x);
}

double Trial::other_column(const Column& column) {
  switch (column.source) {
    case ColumnSource::ending:
      return static_cast<double>(ending_.index());
    case ColumnSource::cause:
      return static_cast<double>(cause_.index());
    case ColumnSource::duration:
      return now_;
    default: {
      const double x = numbers_(column.expression);
      return column.kind == Column::Kind::boolean ? static_cast<double>(x != 0) : x;
    }
  }
}

void Trial::record(TrialRecord& record) {
  record.columns.resize(model_.columns.size());
  double* const row = record.columns.data();
  for (const auto& [column, index] : columns_.registers) {
    row[column] = numbers_.at(static_cast<Register>(index));
  }
  for (const auto& [column, index] : columns_.totals) row[column] = measures_[index].total;
  for (const auto& [column, index] : columns_.integrals) {
    const MeasureState& state = measures_[index];
    row[column] = state.total + state.value * (now_ - state.since);
  }
  for (const std::uint32_t column : columns_.others) {
    row[column] = other_column(model_.columns[column]);
  }
  for (double& x : record.columns) {
    if (!std::isfinite(x)) x = not_a_number;
  }
  for (const std::uint32_t column : columns_.whole) {
    if (!(row[column] > -whole_limit && row[column] < whole_limit)) [[unlikely]]
      refuse_whole(model_.columns[column].name, row[column]);
  }
  record.segments.swap(segments_);
  record.events = events_;
}

}  // namespace truce::model
