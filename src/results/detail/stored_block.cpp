#include "results/detail/stored_block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>

namespace truce::results {

namespace {

/// What an assertion would say, also in a release: a wrong block would make wrong results.
void require(bool condition, const char* what) {
  if (!condition) throw std::logic_error(std::string("a block of trials ") + what);
}

/// A value that its column cannot hold: of all such in a block that of the lowest trial, and of the
/// first column where a trial has several.
class FirstUnfit {
 public:
  explicit FirstUnfit(const Block& block) : block_(block) {}

  /// Columns must come in order.
  void add(const Column& column, std::size_t trial, double value, const char* needed) {
    if (!found_ || trial < found_->trial) found_ = Found{&column, trial, value, needed};
  }

  void refuse() const {
    if (!found_) return;
    throw std::range_error(fmt::format("outcome '{}' of trial {} is {}, not {}",
                                       found_->column->name, block_.first + found_->trial,
                                       found_->value, found_->needed));
  }

 private:
  struct Found {
    const Column* column;
    std::size_t trial;
    double value;
    const char* needed;
  };
  const Block& block_;
  std::optional<Found> found_;
};

/// Converts the trials that did not fail by `convert`, which gives nothing for what does not fit.
template <class T, class Convert>
std::vector<T> converted(const Block& block, const Column& column, std::span<const double> values,
                         T failed, FirstUnfit& unfit, const char* needed, Convert&& convert) {
  std::vector<T> result(values.size(), failed);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (block.status[i] == Status::failed) continue;
    if (const std::optional<T> value = convert(values[i])) {
      result[i] = *value;
    } else {
      unfit.add(column, i, values[i], needed);
    }
  }
  return result;
}

bool is_whole(double x, double least, double most) {  // false for NaN
  return x >= least && x <= most && x == std::trunc(x);
}

StoredValues converted(const Block& block, const Column& column, std::span<const double> values,
                       FirstUnfit& unfit) {
  switch (column.kind) {
    case ColumnKind::real:
      return converted(block, column, values, std::numeric_limits<double>::quiet_NaN(), unfit,
                       "a number", [](double x) { return std::optional(x); });
    case ColumnKind::integer:
      return converted(block, column, values, failed_integer, unfit, "a whole number of 32 bits",
                       [](double x) {
                         return is_whole(x, failed_integer + 1.0, 2147483647.0)
                                    ? std::optional(static_cast<std::int32_t>(x))
                                    : std::nullopt;
                       });
    case ColumnKind::boolean:
      return converted(block, column, values, failed_code, unfit, "yes or no", [](double x) {
        return std::isnan(x) ? std::nullopt : std::optional(static_cast<std::int8_t>(x != 0));
      });
    case ColumnKind::category:
      return converted(block, column, values, failed_code, unfit, "the code of a label",
                       [most = static_cast<double>(column.labels.size()) - 1](double x) {
                         return is_whole(x, 0, most) ? std::optional(static_cast<std::int8_t>(x))
                                                     : std::nullopt;
                       });
  }
  throw std::logic_error("a column has no kind");
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
  const std::size_t controls = schema.controls ? schema.controls->streams.size() : 0;
  require(block.controls.size() == controls &&
              std::ranges::all_of(block.controls,
                                  [&](const auto& c) { return c.size() == block.status.size(); }),
          "has wrong control variates");
  StoredBlock result{.first = block.first,
                     .status = block.status,
                     .drawn = block.drawn,
                     .controls = block.controls};
  FirstUnfit unfit(block);
  for (std::size_t c = 0; c < block.columns.size(); ++c) {
    result.columns.push_back(converted(block, schema.columns[c], block.columns[c], unfit));
  }
  unfit.refuse();
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
