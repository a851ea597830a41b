#include "cli/compared_values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "results/text_table.hpp"

namespace truce::cli {

namespace {

/// A trial that failed has no ending.
std::vector<bool> without_value(const std::vector<double>& endings) {
  std::vector<bool> result;
  result.reserve(endings.size());
  for (const double x : endings) result.push_back(std::isnan(x));
  return result;
}

double of_value(double x, const ComparedMeasure& measure, const std::vector<double>& codes) {
  switch (measure.kind) {
    case ComparedMeasure::Kind::value:
      return x;
    case ComparedMeasure::Kind::by_day:
      return x <= measure.day ? 1 : 0;
    case ComparedMeasure::Kind::restricted:
      return x <= measure.day ? x : measure.day;
    case ComparedMeasure::Kind::label:
      return std::ranges::find(codes, x) != codes.end() ? 1 : 0;
  }
  return x;
}

}  // namespace

Side side_of(const results::RunReader& run, const std::string& outcome) {
  return {{run.column(outcome)}, {without_value(run.column("ending"))}};
}

Side side_of(const results::StudyReader& study, const std::string& outcome,
             const std::vector<std::size_t>& rows) {
  Side side;
  for (const std::size_t row : rows) {
    side.values.push_back(study.column(outcome, row));
    side.failed.push_back(without_value(study.column("ending", row)));
  }
  return side;
}

CommonTrials common_trials(const results::RunSummary& a, const results::RunSummary& b) {
  const std::uint64_t first = std::max(a.first, b.first);
  const std::uint64_t end = std::min(a.first + results::rows_of(a), b.first + results::rows_of(b));
  if (first >= end) return {.any = false};
  return {.before_a = first - a.first, .before_b = first - b.first};
}

void begin_together(Side& a, Side& b, const CommonTrials& common) {
  drop_first(a.values, common.before_a);
  drop_first(a.failed, common.before_a);
  drop_first(b.values, common.before_b);
  drop_first(b.failed, common.before_b);
}

LeftOut keep_common(Side& a, Side& b) {
  LeftOut left;
  for (std::size_t p = 0; p < a.values.size(); ++p) {
    const std::size_t common = std::min(a.values[p].size(), b.values[p].size());
    left.unpaired_a += a.values[p].size() - common;
    left.unpaired_b += b.values[p].size() - common;
    for (Side* side : {&a, &b}) {
      side->values[p].resize(common);
      side->failed[p].resize(common);
    }
  }
  const LeftOut failed = failed_of(a, b);
  left.failed_a = failed.failed_a;
  left.failed_b = failed.failed_b;
  return left;
}

void keep_chosen(Side& side, const std::vector<std::vector<bool>>& kept) {
  for (std::size_t p = 0; p < side.values.size(); ++p) {
    std::size_t left = 0;
    const std::size_t trials = std::min(side.values[p].size(), kept[p].size());
    for (std::size_t i = 0; i < trials; ++i) {
      if (!kept[p][i]) continue;
      side.values[p][left] = side.values[p][i];
      side.failed[p][left++] = side.failed[p][i];
    }
    side.values[p].resize(left);
    side.failed[p].resize(left);
  }
}

LeftOut failed_of(const Side& a, const Side& b) {
  const auto count = [](const Side& side) {
    std::uint64_t failed = 0;
    for (const auto& point : side.failed) {
      failed += static_cast<std::uint64_t>(std::ranges::count(point, true));
    }
    return failed;
  };
  return {.failed_a = count(a), .failed_b = count(b)};
}

std::uint64_t missing_in(const Side& side, const analysis::PointValues& values) {
  std::uint64_t missing = 0;
  for (std::size_t p = 0; p < values.size(); ++p) {
    for (std::size_t i = 0; i < values[p].size(); ++i) {
      missing += !side.failed[p][i] && std::isnan(values[p][i]);
    }
  }
  return missing;
}

std::vector<ComparedMeasure> measures_of(const results::Column& column,
                                         const std::vector<double>& days, double horizon) {
  std::vector<ComparedMeasure> measures(1);
  if (!column.event_time) return measures;
  for (const double day : days) {
    measures.push_back({.kind = ComparedMeasure::Kind::by_day,
                        .name = " by day " + results::short_number(day),
                        .day = day});
  }
  measures.push_back({.kind = ComparedMeasure::Kind::restricted,
                      .name = " up to day " + results::short_number(horizon),
                      .day = horizon});
  return measures;
}

analysis::PointValues measured(const Side& side, const ComparedMeasure& measure,
                               const std::vector<double>& codes) {
  analysis::PointValues result = side.values;
  for (std::size_t p = 0; p < result.size(); ++p) {
    for (std::size_t i = 0; i < result[p].size(); ++i) {
      result[p][i] = side.failed[p][i] ? std::numeric_limits<double>::quiet_NaN()
                                       : of_value(result[p][i], measure, codes);
    }
  }
  return result;
}

}  // namespace truce::cli
