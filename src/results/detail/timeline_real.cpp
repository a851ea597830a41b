#include "results/detail/timeline_real.hpp"

#include <cmath>

#include "base/number.hpp"

namespace truce::results {

namespace {

/// Root of the unbiased variance, from sums of n values and of their squares.
double deviation(std::int64_t n, double mean, const ExactSum& values, const ExactSum& squares) {
  if (n < 2) return base::not_a_number;
  ExactSum about_mean = squares;  // sum (x - m)^2 = sum x^2 - 2 m sum x + n m^2, for any m
  about_mean.add_product(values, -2 * mean);
  const ExactSum square = [&] {
    ExactSum result;
    result.add_product(mean, mean);
    return result;
  }();
  about_mean.add_product(square, static_cast<double>(n));
  // Of equal values rounding leaves about 2^-104 of the squares, or less than nothing; NaN, where
  // these overflow, stays.
  const double nothing = std::ldexp(squares.value(), -98);
  const double sum = about_mean.value() < nothing ? 0 : about_mean.value();
  return std::sqrt(sum / static_cast<double>(n - 1));
}

}  // namespace

TimelineStatistics::Real::Real(std::size_t days, std::size_t limit)
    : rows_(days), limit_(limit), sums_(days) {}

Bucket TimelineStatistics::Real::key(double value) const {
  return bucket_of(value) >> dropped_bits_ << dropped_bits_;
}

std::size_t TimelineStatistics::Real::row(const Range& range) {
  std::uint32_t& known = index_[key(range.min)];
  if (known != 0) {
    Range& seen = ranges_[known - 1];
    seen.min = std::min(seen.min, range.min);
    seen.max = std::max(seen.max, range.max);
    return known - 1;
  }
  if (rows_.size() >= limit_ && dropped_bits_ < bucket_bits) {
    coarsen();
    return row(range);
  }
  known = static_cast<std::uint32_t>(rows_.add_row()) + 1;
  ranges_.push_back(range);
  return known - 1;
}

void TimelineStatistics::Real::coarsen() {
  Real coarser(rows_.days(), limit_);
  coarser.dropped_bits_ = dropped_bits_ + 1;
  for (std::size_t i = 0; i < ranges_.size(); ++i) {
    coarser.rows_.add_to(coarser.row(ranges_[i]), rows_[i]);
  }
  coarser.sums_ = std::move(sums_);
  *this = std::move(coarser);
}

TimelineStatistics::Real::Terms TimelineStatistics::Real::terms_of(double value) {
  if (!std::isfinite(value)) return {};
  const double square = value * value;
  return {value, square, std::isfinite(square) ? std::fma(value, value, -square) : 0};
}

void TimelineStatistics::Real::next_trial(double value) {
  present_ = {};
  if (std::isnan(value)) return;
  value += 0.0;  // -0 would make the range depend on the order
  present_ = {.any = true, .row = row({value, value}), .terms = terms_of(value)};
}

void TimelineStatistics::Real::change(std::uint32_t day, double value) {
  // Before the next row is asked for: that may make all rows anew.
  if (present_.any) --rows_[present_.row][day];
  const Terms before = present_.terms;
  next_trial(value);
  if (present_.any) ++rows_[present_.row][day];
  const Terms& now = present_.terms;
  Sums& sums = sums_[day];
  sums.values.add(-before.value);
  sums.values.add(now.value);
  for (const double term : {-before.square, -before.rest, now.square, now.rest}) {
    sums.squares.add(term);
  }
}

void TimelineStatistics::Real::count(std::uint32_t day, double value, std::int64_t trials) {
  value += 0.0;
  rows_[row({value, value})][day] += trials;
  if (trials == 0) return;
  const Terms terms = terms_of(value);
  sums_[day].values.add_times(terms.value, trials);
  sums_[day].squares.add_times(terms.square, trials);
  sums_[day].squares.add_times(terms.rest, trials);
}

void TimelineStatistics::Real::add(const Real& other) {
  while (dropped_bits_ < other.dropped_bits_) coarsen();
  for (std::size_t i = 0; i < other.ranges_.size(); ++i) {
    const std::size_t into = row(other.ranges_[i]);
    rows_.add_to(into, other.rows_[i]);
  }
  for (std::size_t day = 0; day < sums_.size(); ++day) {
    sums_[day].values.add(other.sums_[day].values);
    sums_[day].squares.add(other.sums_[day].squares);
  }
  present_ = {};
}

void TimelineStatistics::Real::write(ByteWriter& to) const {
  const auto order = this->order();
  to.whole(dropped_bits_);
  to.whole(order.size());
  for (const std::size_t i : order) {
    to.real(ranges_[i].min);
    to.real(ranges_[i].max);
    write_row(to, rows_[i]);
  }
  for (const Sums& sums : sums_) {
    sums.values.write(to);
    sums.squares.write(to);
  }
}

void TimelineStatistics::Real::read(ByteReader& from) {
  dropped_bits_ = static_cast<unsigned>(from.whole_below(bucket_bits + 1));
  for (std::uint64_t n = from.count(); n > 0; --n) {
    Range range;
    range.min = from.real();
    range.max = from.real();
    if (std::isnan(range.min) || std::isnan(range.max)) ByteReader::fail();
    const std::size_t into = row(range);
    read_row(from, rows_.days(),
             [&](std::uint32_t day, std::int64_t trials) { rows_[into][day] += trials; });
  }
  for (Sums& sums : sums_) {
    sums.values = WideSum::read(from);
    sums.squares = WideSum::read(from);
  }
}

std::vector<std::size_t> TimelineStatistics::Real::order() const {
  std::vector<std::size_t> result;
  index_.for_each([&](Bucket, std::uint32_t row) { result.push_back(row - 1); });
  return result;
}

TimelineSummary TimelineStatistics::Real::summary() const {
  TimelineSummary result;
  const auto order = this->order();
  bool exact = true;
  for (const Range& range : ranges_) exact = exact && range.min == range.max;
  result.relative_error = exact ? 0 : std::ldexp(1, static_cast<int>(dropped_bits_) - 10);
  Sums sums;
  rows_.for_each_day(order, [&](std::size_t day, std::span<const std::int64_t> today) {
    sums.values.add(sums_[day].values);
    sums.squares.add(sums_[day].squares);
    std::int64_t n = 0;
    double infinite = 0;  // the sum of those, if any
    for (std::size_t i = 0; i < order.size(); ++i) {
      n += today[i];
      const double value = ranges_[order[i]].min;
      if (today[i] > 0 && std::isinf(value)) infinite += value;
    }
    const ExactSum of_values = sums.values.rounded();
    double mean = n > 0 ? of_values.value() / static_cast<double>(n) : base::not_a_number;
    double sd = deviation(n, mean, of_values, sums.squares.rounded());
    if (infinite != 0) {  // NaN too
      mean = infinite;
      sd = base::not_a_number;
    }
    result.mean.push_back(mean);
    result.sd.push_back(sd);
    Quantiles& quantiles = result.quantiles.emplace_back();
    quantiles.fill(base::not_a_number);
    std::size_t at = 0;
    std::int64_t below = 0;
    for (std::size_t q = 0; n > 0 && q < quantile_count; ++q) {
      const auto rank = static_cast<std::int64_t>(
          quantile_rank(quantile_thousandths[q], static_cast<std::uint64_t>(n)));
      while (below + today[at] <= rank) below += today[at++];
      quantiles[q] = ranges_[order[at]].middle();
    }
  });
  return result;
}

}  // namespace truce::results
