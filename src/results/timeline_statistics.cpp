#include "results/timeline_statistics.hpp"

#include <cmath>
#include <limits>

#include "results/detail/timeline_integers.hpp"
#include "results/detail/timeline_real.hpp"

namespace truce::results {

namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TimelineStatistics::TimelineStatistics(std::size_t days, TimelineValues values,
                                       std::size_t timelines)
    : days_(days), most_rows_(most_rows(days, timelines, most_values)), value_(no_value) {
  if (values == TimelineValues::whole) {
    whole_ = std::make_unique<Integers>(days, most_rows_);
  } else {
    real_ = std::make_unique<Real>(days, most_rows_);
  }
}

TimelineStatistics::TimelineStatistics(TimelineStatistics&&) noexcept = default;
TimelineStatistics& TimelineStatistics::operator=(TimelineStatistics&&) noexcept = default;
TimelineStatistics::~TimelineStatistics() = default;

void TimelineStatistics::next_trial() {
  value_ = no_value;
  if (real_) real_->next_trial(no_value);
}

void TimelineStatistics::change(std::uint32_t day, double value) {
  if (value == value_) return;
  if (whole_ && !change_whole(day, value)) fall_back();
  if (real_) real_->change(day, value);
  value_ = value;
}

bool TimelineStatistics::change_whole(std::uint32_t day, double value) {
  std::size_t row = 0;
  if (!std::isnan(value)) {
    const auto found = whole_->row_of(value);
    if (!found) return false;
    row = *found;
  }
  if (!std::isnan(value_)) whole_->count(day, row_, -1);
  if (!std::isnan(value)) whole_->count(day, row, 1);
  row_ = row;
  return true;
}

void TimelineStatistics::fall_back() {
  real_ = std::make_unique<Real>(days_, most_rows_);
  const auto whole = std::move(whole_);
  count_as_real(*whole);
  real_->next_trial(value_);
}

void TimelineStatistics::count_as_real(const Integers& whole) {
  whole.for_each([&](double value, auto differences) {
    real_->count(0, value, 0);  // seen, though it may have come and gone on one day
    for (std::uint32_t day = 0; day < days_; ++day) {
      if (differences[day] != 0) real_->count(day, value, differences[day]);
    }
  });
}

void TimelineStatistics::add_whole(const Integers& other) {
  other.for_each([&](double value, auto differences) {
    const auto row = whole_ ? whole_->row_of(value) : std::nullopt;
    if (whole_ && !row) fall_back();
    if (real_) real_->count(0, value, 0);
    for (std::uint32_t day = 0; day < days_; ++day) {
      if (differences[day] == 0) continue;
      if (whole_) {
        whole_->count(day, *row, differences[day]);
      } else {
        real_->count(day, value, differences[day]);
      }
    }
  });
}

void TimelineStatistics::add(const TimelineStatistics& other) {
  value_ = no_value;  // of no trial that could go on
  if (other.whole_) return add_whole(*other.whole_);
  if (whole_) fall_back();
  real_->add(*other.real_);
}

void TimelineStatistics::write(ByteWriter& to) const {
  to.whole(whole_ ? 0 : 1);
  if (real_) return real_->write(to);
  std::uint64_t rows = 0;
  whole_->for_each([&](double, auto) { ++rows; });
  to.whole(rows);
  whole_->for_each([&](double value, auto differences) {
    to.number(static_cast<std::int64_t>(value));
    write_row(to, differences);
  });
}

void TimelineStatistics::read(ByteReader& from) {
  if (from.whole_below(2) == 1) {
    whole_.reset();
    real_ = std::make_unique<Real>(days_, most_rows_);
    return real_->read(from);
  }
  if (!whole_) ByteReader::fail();
  for (std::uint64_t rows = from.count(); rows > 0; --rows) {
    const auto row = whole_->row_of(static_cast<double>(from.number()));
    if (!row) ByteReader::fail();
    read_row(from, days_, [&](std::uint32_t day, std::int64_t n) { whole_->count(day, *row, n); });
  }
}

TimelineSummary TimelineStatistics::summary() const {
  return whole_ ? whole_->summary() : real_->summary();
}

}  // namespace truce::results
