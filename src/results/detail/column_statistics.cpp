#include "results/detail/column_statistics.hpp"

#include <cmath>
#include <optional>

#include "results/bins.hpp"
#include "results/quantile_search.hpp"

namespace truce::results {

void WholeColumn::add(const WholeColumn& other) {
  for (const auto& [value, count] : other.histogram_.entries()) histogram_.add(value, count);
}

void WholeColumn::write(ByteWriter& to) const {
  const auto entries = histogram_.entries();
  to.whole(entries.size());
  for (const auto& [value, count] : entries) {
    to.number(value);
    to.whole(count);
  }
}

void WholeColumn::read(ByteReader& from) {
  for (std::uint64_t n = from.count(); n > 0; --n) {
    const std::int64_t value = from.number();
    histogram_.add(value, from.whole());
  }
}

void RealColumn::add(const RealColumn& other) {
  missing_ += other.missing_;
  moments_.add(other.moments_);
  for (const auto& entry : other.histogram_.entries()) histogram_.add(entry);
  grid_.add(other.grid_);
}

void RealColumn::write(ByteWriter& to) const {
  to.whole(missing_);
  moments_.write(to);
  const auto entries = histogram_.entries();
  to.whole(entries.size());
  for (const auto& entry : entries) {
    to.real(entry.min);
    to.real(entry.max);
    to.whole(entry.count);
  }
  grid_.write(to);
}

void RealColumn::read(ByteReader& from) {
  missing_ = from.whole();
  moments_ = WideMoments::read(from);
  for (std::uint64_t n = from.count(); n > 0; --n) {
    const double min = from.real();
    const double max = from.real();
    if (std::isnan(min) || std::isnan(max)) ByteReader::fail();
    histogram_.add({min, max, from.whole()});
  }
  grid_ = DecimalGrid::read(from);
}

ColumnResult WholeColumn::result() const {
  auto entries = histogram_.entries();
  ColumnResult result;
  result.summary = summary_of(moments_of(entries), kind_);
  result.summary.quantiles = quantiles_of(entries);
  result.summary.quantile_intervals = quantile_intervals_of(entries);
  if (kind_ == ColumnKind::boolean) {  // both, also where all trials agree
    if (entries.empty() || entries.front().value != 0) entries.insert(entries.begin(), {0, 0});
    if (entries.back().value != 1) entries.push_back({1, 0});
  }
  for (const auto& [value, count] : entries) {
    result.distribution.values.push_back(static_cast<double>(value));
    result.distribution.counts.push_back(count);
  }
  return result;
}

ColumnResult RealColumn::result(const Pass& pass) const {
  ColumnResult result;
  result.summary = summary_of(moments_.moments(), ColumnKind::real);
  result.summary.missing = missing_;
  std::vector<double> range;  // of the finite values
  for (const auto& entry : histogram_.entries()) {
    if (std::isinf(entry.min)) {
      result.distribution.infinite += entry.count;
      continue;
    }
    if (range.empty()) range.assign(2, entry.min);
    range[1] = entry.max;
  }
  std::optional<BinCounts> bins;
  if (!range.empty()) bins.emplace(nice_edges(range[0], range[1]));
  QuantileSearch search(histogram_);
  if (!values_are_kept_) {
    result.summary.quantiles_error = search.settle() ? std::ldexp(1, -10) : 0;
    result.summary.quantiles = search.quantiles();
    result.summary.quantile_intervals = search.intervals();
    if (bins) {
      result.distribution.values = bins->edges();
      result.distribution.counts = grid_.counts(bins->edges());
    }
    return result;
  }
  for (bool first = bins.has_value(); first || !search.done(); first = false) {
    pass([&](std::span<const double> values) {
      if (first) bins->add(values);
      search.add(values);
    });
    search.end_pass();
  }
  result.summary.quantiles = search.quantiles();
  result.summary.quantile_intervals = search.intervals();
  if (bins) {
    result.distribution.values = bins->edges();
    result.distribution.counts = bins->counts();
  }
  return result;
}

}  // namespace truce::results
