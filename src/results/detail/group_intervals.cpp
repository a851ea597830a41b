#include "results/detail/group_intervals.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace truce::results {

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

}  // namespace

GroupIntervals::GroupIntervals(const Schema& schema, std::vector<std::int32_t> group, double worth)
    : columns_(schema.columns), group_(std::move(group)), worth_(worth) {
  const auto last = std::ranges::max_element(group_);
  const auto groups = last == group_.end() ? 0 : static_cast<std::size_t>(*last) + 1;
  for (const Column& column : columns_) {
    const bool category = column.kind == ColumnKind::category;
    sums_.emplace_back(category ? 0 : groups);
    by_label_.emplace_back(column.labels.size(), Sums(groups));
  }
}

void GroupIntervals::add(const Block& block) {
  for (std::size_t i = 0; i < block.status.size(); ++i, ++added_) {
    if (block.status[i] == Status::failed) continue;
    const auto group = static_cast<std::size_t>(group_[added_]);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const double x = block.columns[c][i];
      if (columns_[c].kind == ColumnKind::category) {
        for (std::size_t label = 0; label < by_label_[c].size(); ++label) {
          Sum& sum = by_label_[c][label][group];
          ++sum.count;
          sum.sum += static_cast<double>(x == static_cast<double>(label));
        }
      } else if (!std::isnan(x)) {
        ++sums_[c][group].count;
        sums_[c][group].sum += x;
      }
    }
  }
}

double GroupIntervals::error_of(const Sums& sums) {
  double count = 0, sum = 0, groups = 0;
  for (const Sum& of : sums) {
    count += of.count;
    sum += of.sum;
    groups += static_cast<double>(of.count > 0);
  }
  if (groups < 2) return undefined;
  const double mean = sum / count;
  double squares = 0;
  for (const Sum& of : sums) squares += std::pow(of.sum - mean * of.count, 2);
  return std::sqrt(groups / (groups - 1) * squares) / count;
}

double GroupIntervals::quantile_of(const Sums& sums) {
  const auto groups = std::ranges::count_if(sums, [](const Sum& of) { return of.count > 0; });
  return groups < 2 ? undefined : student_quantile(0.95, static_cast<double>(groups - 1));
}

Interval GroupIntervals::share_interval(double share, double count, const Sums& sums) const {
  const double error = error_of(sums);
  const double variance = share * (1 - share);
  const bool known = error > 0 && variance > 0;
  const double effective = known ? std::min(count, variance / (error * error)) : count * worth_;
  const double quantile = quantile_of(sums);
  return wilson_interval_of(share * effective, effective, std::isnan(quantile) ? z_95 : quantile);
}

void GroupIntervals::replace(OutcomeSummary& outcome, const Sums& sums) const {
  if (outcome.count < 2) return;
  outcome.se = error_of(sums);
  const double quantile = quantile_of(sums);
  if (outcome.kind == ColumnKind::boolean) {
    outcome.ci = share_interval(outcome.mean, static_cast<double>(outcome.count), sums);
  } else {
    outcome.ci = {outcome.mean - quantile * outcome.se, outcome.mean + quantile * outcome.se};
  }
  outcome.quantile_intervals.low.fill(undefined);
  outcome.quantile_intervals.high.fill(undefined);
}

void GroupIntervals::replace(std::vector<Share>& shares, std::size_t column) const {
  for (std::size_t label = 0; label < shares.size(); ++label) {
    const Sums& sums = by_label_[column][label];
    double count = 0;
    for (const Sum& of : sums) count += of.count;
    shares[label].ci = share_interval(shares[label].probability, count, sums);
  }
}

void GroupIntervals::replace(RunResults& results) const {
  for (ColumnResult& outcome : results.outcomes) {
    const auto column = std::ranges::find(columns_, outcome.summary.name, &Column::name);
    replace(outcome.summary, sums_[static_cast<std::size_t>(column - columns_.begin())]);
  }
  const auto place_of = [&](const char* name) {
    const auto column = std::ranges::find(columns_, name, &Column::name);
    return static_cast<std::size_t>(column - columns_.begin());
  };
  replace(results.endings, place_of("ending"));
  replace(results.causes, place_of("cause"));
}

}  // namespace truce::results
