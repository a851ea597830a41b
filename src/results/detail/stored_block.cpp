#include "results/detail/stored_block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <stdexcept>
#include <string>

namespace truce::results {

namespace {

/// What an assertion would say, also in a release: a wrong block would make wrong results.
void require(bool condition, const char* what) {
  if (!condition) throw std::logic_error(std::string("a block of trials ") + what);
}

[[noreturn]] void refuse(const Column& column, const Block& block, std::size_t i, double value,
                         const char* needed) {
  throw std::range_error(fmt::format("outcome '{}' of trial {} is {}, not {}", column.name,
                                     block.first + i, value, needed));
}

/// Converts trial by trial; f(i, value) for those that did not fail.
template <class T, class F>
void convert_to(StoredValues& stored, const Block& block, std::span<const double> values, T failed,
                F&& f) {
  auto* result = std::get_if<std::vector<T>>(&stored);
  if (result == nullptr) result = &stored.emplace<std::vector<T>>();
  result->resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    (*result)[i] = block.status[i] == Status::failed ? failed : f(i, values[i]);
  }
}

/// Converts a column of a block.
void convert(const Column& column, const Block& block, std::span<const double> values,
             StoredValues& stored) {
  switch (column.kind) {
    case ColumnKind::real:
      convert_to(stored, block, values, std::numeric_limits<double>::quiet_NaN(),
                 [](std::size_t, double x) { return x; });
      return;
    case ColumnKind::integer:
      convert_to(stored, block, values, failed_integer, [&](std::size_t i, double x) {
        // The least one is kept for failed trials. NaN fails too.
        if (!(x > -2147483648.0 && x <= 2147483647.0 && x == std::trunc(x))) {
          refuse(column, block, i, x, "a whole number of 32 bits");
        }
        return static_cast<std::int32_t>(x);
      });
      return;
    case ColumnKind::boolean:
      convert_to(stored, block, values, failed_code, [&](std::size_t i, double x) {
        if (std::isnan(x)) refuse(column, block, i, x, "yes or no");
        return static_cast<std::int8_t>(x != 0);
      });
      return;
    case ColumnKind::category:
      convert_to(stored, block, values, failed_code, [&](std::size_t i, double x) {
        if (!(x >= 0 && x < static_cast<double>(column.labels.size()) && x == std::trunc(x))) {
          refuse(column, block, i, x, "the code of a label");
        }
        return static_cast<std::int8_t>(x);
      });
      return;
  }
}

void require_segments(const Block& block, const Schema& schema) {
  const std::size_t n = block.status.size();
  require(block.segments_end.size() == n, "has a wrong number of segment ends");
  require(std::ranges::is_sorted(block.segments_end) &&
              (n == 0 ? 0 : block.segments_end.back()) == block.segments.size(),
          "has segments that belong to no trial");
  const std::size_t days = days_of(schema);
  require(std::ranges::all_of(block.segments,
                              [&](const TimelineSegment& s) {
                                return s.day < days && s.timeline < schema.timelines.size();
                              }),
          "has a segment out of range");
}

}  // namespace

StoredBlock stored(const Block& block, const Schema& schema) {
  require(block.columns.size() == schema.columns.size(), "has a wrong number of columns");
  require(std::ranges::all_of(block.columns,
                              [&](const auto& c) { return c.size() == block.status.size(); }),
          "has columns of different lengths");
  require_segments(block, schema);
  StoredBlock result{.first = block.first, .status = block.status};
  result.columns.resize(block.columns.size());
  for (std::size_t c = 0; c < block.columns.size(); ++c) {
    convert(schema.columns[c], block, block.columns[c], result.columns[c]);
  }
  std::vector<std::size_t> lengths(schema.timelines.size());
  for (const TimelineSegment& segment : block.segments) ++lengths[segment.timeline];
  result.timelines.resize(lengths.size());
  for (std::size_t t = 0; t < lengths.size(); ++t) result.timelines[t].reserve(lengths[t]);
  std::size_t next = 0;
  for (std::uint32_t trial = 0; trial < block.segments_end.size(); ++trial) {
    for (; next < block.segments_end[trial]; ++next) {
      const TimelineSegment& segment = block.segments[next];
      result.timelines[segment.timeline].push_back({trial, segment.day, segment.value});
    }
  }
  return result;
}

}  // namespace truce::results
