#include "results/detail/trial_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "results/detail/compression.hpp"
#include "results/detail/parallel.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

namespace {

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

}  // namespace

void name_codes(const netcdf::Variable& variable, int first,
                const std::vector<std::string>& labels) {
  std::vector<std::int8_t> codes(labels.size());
  std::iota(codes.begin(), codes.end(), static_cast<std::int8_t>(first));
  variable.attribute("flag_values", codes);
  variable.attribute("flag_meanings", fmt::format("{}", fmt::join(labels, " ")));
}

void describe_column(const netcdf::Variable& variable, const Column& column) {
  variable.attribute("units", stored_unit(column.unit));
  if (!column.summary.empty()) variable.attribute("long_name", column.summary);
  if (column.kind == ColumnKind::integer) {
    variable.attribute("failed_value", failed_integer);
  } else if (column.kind != ColumnKind::real) {
    variable.attribute("failed_value", failed_code);
  }
  if (column.kind == ColumnKind::boolean) variable.attribute("dtype", "bool");
  if (column.event_time) variable.attribute("missing", "never");
  if (column.kind == ColumnKind::category) {
    std::vector<std::string> labels = {"failed"};
    labels.insert(labels.end(), column.labels.begin(), column.labels.end());
    name_codes(variable, failed_code, labels);
  }
}

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

template <class T>
std::vector<std::uint8_t> TrialColumns::Buffered<T>::compressed_chunk(std::size_t length) const {
  if (waiting.size() >= length) {
    return compressed(std::as_bytes(std::span(waiting).first(length)), sizeof(T));
  }
  std::vector<T> padded = waiting;
  padded.resize(length);
  return compressed(std::as_bytes(std::span(padded)), sizeof(T));
}

template <class T>
void TrialColumns::Buffered<T>::write_chunk(std::span<const std::uint8_t> chunk,
                                            std::size_t length) {
  const std::size_t count = std::min(waiting.size(), length);
  variable.append_chunk(chunk, count);
  waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(count));
}

TrialColumns::TrialColumns(hid_t root, const Schema& schema, unsigned threads)
    : group_(root, "trials"),
      threads_(threads),
      chunk_(std::clamp<std::uint64_t>(schema.trials, 1, netcdf::chunk_values)) {
  Buffered<std::int64_t> trial{group_.growing_coordinate<std::int64_t>("trial", schema.trials), {}};
  for (const Column& column : schema.columns) columns_.push_back(create(column));
  Buffered<std::int8_t> status{group_.variable<std::int8_t>("status", {"trial"}), {}};
  status.variable.attribute("units", "1");
  name_codes(status.variable, 0, {"completed", "failed"});
  columns_.emplace_back(std::move(trial));
  columns_.emplace_back(std::move(status));
}

TrialColumns::AnyBuffered TrialColumns::create(const Column& column) const {
  const std::vector<std::string> axes = {"trial"};
  const auto described = [&]<class T>(T) -> AnyBuffered {
    Buffered<T> buffered{group_.variable<T>(column.name, axes), {}};
    describe_column(buffered.variable, column);
    return buffered;
  };
  if (column.kind == ColumnKind::real) return described(double{});
  if (column.kind == ColumnKind::integer) return described(std::int32_t{});
  return described(std::int8_t{});
}

void TrialColumns::append(std::uint64_t first, std::span<const Status> status,
                          const std::vector<StoredValues>& columns) {
  const auto append_to = [&]<class T>(std::size_t column, const std::vector<T>& values) {
    auto& waiting = std::get<Buffered<T>>(columns_[column]).waiting;
    waiting.insert(waiting.end(), values.begin(), values.end());
  };
  for (std::size_t c = 0; c < columns.size(); ++c) {
    std::visit([&](const auto& values) { append_to(c, values); }, columns[c]);
  }
  std::vector<std::int64_t> numbers(status.size());
  std::iota(numbers.begin(), numbers.end(), static_cast<std::int64_t>(first));
  append_to(columns.size(), numbers);
  std::vector<std::int8_t> codes;
  for (const Status s : status) codes.push_back(static_cast<std::int8_t>(s));
  append_to(columns.size() + 1, codes);
  waiting_ += status.size();
  while (waiting_ >= chunk_) write_chunks();
}

void TrialColumns::write_chunks() {
  std::vector<std::vector<std::uint8_t>> chunks(columns_.size());
  parallel_for(columns_.size(), threads_, [&](std::size_t c) {
    chunks[c] = std::visit([&](const auto& column) { return column.compressed_chunk(chunk_); },
                           columns_[c]);
  });
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::visit([&](auto& column) { column.write_chunk(chunks[c], chunk_); }, columns_[c]);
  }
  const std::size_t count = std::min(waiting_, chunk_);
  waiting_ -= count;
  written_ += count;
}

void TrialColumns::flush() {
  if (waiting_ > 0) write_chunks();
}

void TrialColumns::read(std::size_t column,
                        const std::function<void(std::span<const double>)>& consumer) const {
  const netcdf::Variable& variable = std::get<Buffered<double>>(columns_[column]).variable;
  std::vector<double> values(chunk_);
  for (std::uint64_t first = 0; first < written_; first += chunk_) {
    const auto chunk = [&] {
      const std::scoped_lock lock(reading_);
      return variable.read_chunk(first);
    }();
    decompress(chunk, values);
    consumer(std::span(values).first(std::min<std::uint64_t>(chunk_, written_ - first)));
  }
}

}  // namespace truce::results
