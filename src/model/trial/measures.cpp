#include "model/trial/measures.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "model/trial/fail.hpp"
#include "model/trial/phases.hpp"

namespace truce::model {

namespace {

struct OutOfRange {
  bool not_finite = false;  ///< some value
  bool beyond = false;      ///< what its column may hold
};

/// What there is among the columns of a row. In a form that compilers make two of at once: of
/// numbers without their sign the order of the bits is that of the values, infinity and no number
/// last.
OutOfRange out_of_range_among(const std::vector<double>& row,
                              const std::vector<std::uint64_t>& most) {
  constexpr std::uint64_t exponent = std::uint64_t{0x7ff} << 52U, one = std::uint64_t{1} << 52U;
  constexpr std::uint64_t all_but_sign = ~std::uint64_t{0} >> 1U;
  std::uint64_t not_finite = 0, beyond = 0;
  const std::size_t size = row.size();
  for (std::size_t i = 0; i < size; ++i) {
    const auto bits = std::bit_cast<std::uint64_t>(row[i]);
    not_finite |= (bits & exponent) + one;
    beyond |= most[i] - (bits & all_but_sign);
  }
  return {.not_finite = not_finite >> 63U != 0, .beyond = beyond >> 63U != 0};
}

}  // namespace

Measures::Measures(World& world, const Phases& phases)
    : world_(world), phases_(phases), plan_(world.model) {
  for (const Measure& measure : world.model.measures) {
    MeasureState& state = unread_.emplace_back(MeasureState{.measure = measure});
    if (measure.kind == MeasureKind::first) state.total = not_a_number;
    if (measure.kind == MeasureKind::peak) state.total = -infinity;
    if (measure.kind == MeasureKind::trough) state.total = infinity;
    if (measure.kind == MeasureKind::timeline) state.value = not_a_number;
  }
}

void Measures::reset() {
  state_.measures = unread_;
  state_.segments.clear();
  state_.at_ending.clear();
}

void Measures::read(MeasureId id) {
  MeasureState& state = state_.measures[id.index()];
  TRUCE_EXPECT(state.since <= world_.now());
  const double x = world_.numbers(state.measure.expression);
  switch (state.measure.kind) {
    case MeasureKind::first:
      if (std::isnan(state.total) && x != 0) state.total = world_.now();
      break;
    case MeasureKind::integral:
      state.total += state.value * (world_.now() - state.since);
      break;
    case MeasureKind::peak:
      state.total = std::max(state.total, x);
      break;
    case MeasureKind::trough:
      state.total = std::min(state.total, x);
      break;
    case MeasureKind::timeline:
      if (x != state.value) read_timeline(id, state, x);
      break;
  }
  state.value = x;
  state.since = world_.now();
}

void Measures::read_timeline(MeasureId id, MeasureState& measure, double x) {
  auto day = static_cast<std::uint32_t>(world_.now());
  if (world_.now() > day) ++day;  // up to the first whole day that is not before the horizon
  std::vector<Segment>& segments = state_.segments;
  TRUCE_EXPECT(measure.segment >= segments.size() || segments[measure.segment].day <= day);
  if (measure.segment < segments.size() && segments[measure.segment].day == day) {
    segments[measure.segment].value = x;
  } else {
    measure.segment = static_cast<std::uint32_t>(segments.size());
    const std::size_t timeline = id.index() - world_.model.first_timeline.index();
    segments.push_back({static_cast<std::uint32_t>(timeline), day, x});
  }
}

void Measures::refuse_whole(const std::vector<double>& row) const {
  for (std::size_t i = 0; i < row.size(); ++i) {
    const Column& column = world_.model.columns[i];
    if (column.kind != Column::Kind::integer || std::abs(row[i]) < ColumnPlan::whole_limit)
      continue;
    fail(
        "outcome '{}' is {}, beyond whole numbers of 32 bits; divided by a larger unit, as in "
        "VALUE / 1000, it is a real number",
        column.name, std::isfinite(row[i]) ? row[i] : not_a_number);
  }
}

double Measures::other_column(const Column& column) {
  switch (column.source) {
    case ColumnSource::ending:
      return static_cast<double>(phases_.ending().index());
    case ColumnSource::cause:
      return static_cast<double>(phases_.cause().index());
    case ColumnSource::duration:
      return phases_.ended_at();
    case ColumnSource::expression:
    case ColumnSource::measure:  // which value_of has read
      break;
  }
  const double x = world_.numbers(column.expression);
  return column.kind == Column::Kind::boolean ? static_cast<double>(x != 0) : x;
}

double Measures::value_of(std::uint32_t index) {
  const Column& column = world_.model.columns[index];
  if (column.source != ColumnSource::measure) return other_column(column);
  const MeasureState& state = state_.measures[column.measure.index()];
  if (state.measure.kind != MeasureKind::integral) return state.total;
  return state.total + state.value * (world_.now() - state.since);
}

void Measures::keep_ending() {
  for (const std::uint32_t column : plan_.at_ending) {
    state_.at_ending.push_back(value_of(column));
  }
}

void Measures::write(TrialRecord& record) {
  if (state_.at_ending.empty()) keep_ending();  // there was no ending before the horizon

  record.columns.resize(world_.model.columns.size());
  double* const row = record.columns.data();
  for (const auto& [column, index] : plan_.registers) row[column] = world_.numbers.at(index);
  for (const auto& [column, id] : plan_.totals) row[column] = state_.measures[id.index()].total;
  for (const auto& [column, id] : plan_.integrals) {
    const MeasureState& state = state_.measures[id.index()];
    row[column] = state.total + state.value * (world_.now() - state.since);
  }
  for (const std::uint32_t column : plan_.others) {
    row[column] = other_column(world_.model.columns[column]);
  }
  for (std::size_t i = 0; i < plan_.at_ending.size(); ++i) {
    row[plan_.at_ending[i]] = state_.at_ending[i];
  }
  const OutOfRange odd = out_of_range_among(record.columns, plan_.most);
  if (odd.beyond) [[unlikely]]
    refuse_whole(record.columns);
  if (odd.not_finite) {
    for (double& x : record.columns) {
      if (!std::isfinite(x)) x = not_a_number;
    }
  }
  record.segments.swap(state_.segments);
}

}  // namespace truce::model
