#include <algorithm>
#include <bit>
#include <cmath>

#include "trial.hpp"

namespace truce::model {

void Trial::prepare_measures() {
  for (const Measure& measure : model_.measures) {
    MeasureState& state = unread_.emplace_back();
    if (measure.kind == MeasureKind::first) state.total = not_a_number;
    if (measure.kind == MeasureKind::peak) state.total = -infinity;
    if (measure.kind == MeasureKind::trough) state.total = infinity;
    if (measure.kind == MeasureKind::timeline) state.value = not_a_number;
  }
}

void Trial::read_measures() {
  const auto all = static_cast<std::uint32_t>(model_.reactors.size());
  for (std::size_t word = model_.first_measure / 64; word * 64 < all; ++word) {
    std::uint64_t marked = dirty_[word];
    if (word == model_.first_measure / 64) {
      marked &= ~((std::uint64_t{1} << (model_.first_measure & 63U)) - 1);
    }
    dirty_[word] &= ~marked;
    for (; marked != 0; marked &= marked - 1) {
      const auto id = static_cast<std::uint32_t>(word * 64 + std::countr_zero(marked));
      read_measure(model_.reactors[id].subject);
    }
  }
}

void Trial::read_measure(std::uint32_t index) {
  const Measure& measure = model_.measures[index];
  MeasureState& state = measures_[index];
  const double x = numbers_(measure.expression);
  switch (measure.kind) {
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
      if (day_ > horizon_ || x == state.value) break;
      if (state.segment != none && segments_[state.segment].day == day_) {
        segments_[state.segment].value = x;
      } else {
        state.segment = static_cast<std::uint32_t>(segments_.size());
        segments_.push_back({index - model_.first_timeline, day_, x});
      }
      break;
    }
  }
  state.value = x;
  state.since = now_;
}

void Trial::record(TrialRecord& record) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  record.columns.resize(model_.columns.size());
  for (std::size_t i = 0; i < model_.columns.size(); ++i) {
    const Column& column = model_.columns[i];
    double& x = record.columns[i];
    switch (column.source) {
      case ColumnSource::ending:
        x = static_cast<double>(ending_.index());
        break;
      case ColumnSource::cause:
        x = static_cast<double>(cause_.index());
        break;
      case ColumnSource::duration:
        x = now_;
        break;
      case ColumnSource::expression:
        x = numbers_(column.expression);
        if (column.kind == Column::Kind::boolean) x = x != 0;
        break;
      case ColumnSource::measure: {
        const MeasureState& state = measures_[column.measure];
        x = state.total;
        if (model_.measures[column.measure].kind == MeasureKind::integral) {
          x += state.value * (now_ - state.since);
        }
        break;
      }
    }
    if (!std::isfinite(x)) x = missing;
  }
  record.segments.swap(segments_);
  record.events = events_;
}

}  // namespace truce::model
