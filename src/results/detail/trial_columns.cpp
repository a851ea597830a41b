#include "results/detail/trial_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/parallel.hpp"
#include "results/detail/compression.hpp"
#include "results/detail/hdf5_read.hpp"
#include "results/detail/stored_rows.hpp"
#include "results/schema_check.hpp"

namespace truce::results {

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
  if (column.until_ending) variable.attribute("until", "ending");
  if (column.kind == ColumnKind::category) {
    std::vector<std::string> labels = {"failed"};
    labels.insert(labels.end(), column.labels.begin(), column.labels.end());
    name_codes(variable, failed_code, labels);
  }
}

TrialColumns::TrialColumns(hid_t root, const Schema& schema, std::uint64_t first, std::mutex& hdf5)
    : group_(root, "trials"),
      hdf5_(hdf5),
      chunk_(std::clamp<std::uint64_t>(most_rows_kept(schema), 1, netcdf::chunk_values)),
      end_(std::max(first, most_rows_kept(schema))),
      schema_columns_(schema.columns.size()),
      writing_(0, 0, [this](const Chunk& chunk) {
        write(chunk);
        return true;
      }) {
  const std::uint64_t most = std::max<std::uint64_t>(most_rows_kept(schema), 1);
  Buffered<std::int64_t> trial{group_.growing_coordinate<std::int64_t>("trial", most), {}};
  std::vector<netcdf::Variable> variables;
  for (const Column& column : schema.columns) {
    columns_.push_back(create(column));
    names_.push_back("trials/" + column.name);
    std::visit([&](const auto& buffered) { variables.push_back(buffered.variable); },
               columns_.back());
  }
  names_.insert(names_.end(), {"trials/trial", "trials/status"});
  Buffered<std::int8_t> status{group_.variable_to_name<std::int8_t>("status", "trial"), {}};
  variables.push_back(status.variable);
  group_.name_all("trial", variables);
  status.variable.attribute("units", "1");
  name_codes(status.variable, 0, {"completed", "failed"});
  columns_.emplace_back(std::move(trial));
  columns_.emplace_back(std::move(status));
  add_parameters(root, schema, most);
}

void TrialColumns::add_parameters(hid_t root, const Schema& schema, std::uint64_t most) {
  std::optional<Buffered<std::int64_t>> trial;
  std::vector<netcdf::Variable> variables;
  for (const RunParameter& parameter : schema.parameters) {
    if (parameter.origin != Origin::drawn) continue;
    if (!parameters_) {
      parameters_.emplace(root, "parameters");
      trial =
          Buffered<std::int64_t>{parameters_->growing_coordinate<std::int64_t>("trial", most), {}};
    }
    variables.push_back(parameters_->variable_to_name<double>(parameter.name, "trial"));
    columns_.emplace_back(Buffered<double>{variables.back(), {}});
    names_.push_back("parameters/" + parameter.name);
  }
  if (!trial) return;
  parameters_->name_all("trial", variables);
  columns_.emplace_back(std::move(*trial));
  names_.emplace_back("parameters/trial");
}

TrialColumns::AnyBuffered TrialColumns::create(const Column& column) const {
  const auto described = [&]<class T>(T) -> AnyBuffered {
    Buffered<T> buffered{group_.variable_to_name<T>(column.name, "trial"), {}};
    describe_column(buffered.variable, column);
    return buffered;
  };
  if (column.kind == ColumnKind::real) return described(double{});
  if (column.kind == ColumnKind::integer) return described(std::int32_t{});
  return described(std::int8_t{});
}

void TrialColumns::append(std::size_t column, const StoredBlock& block) {
  if (block.first >= end_) return;
  const std::size_t rows = std::min<std::uint64_t>(block.status.size(), end_ - block.first);
  const auto append_all = [&]<class T>(const std::vector<T>& values) {
    append_values<T>(column, std::get<Buffered<T>>(columns_[column]),
                     std::span(values).first(rows));
  };
  if (column < block.columns.size()) {
    std::visit(append_all, block.columns[column]);
  } else if (column == schema_columns_ || column == schema_columns_ + 2 + block.drawn.size()) {
    std::vector<std::int64_t> numbers(block.status.size());
    std::iota(numbers.begin(), numbers.end(), static_cast<std::int64_t>(block.first));
    append_all(numbers);
  } else if (column > schema_columns_ + 1) {
    append_all(block.drawn[column - schema_columns_ - 2]);
  } else {
    std::vector<std::int8_t> codes;
    for (const Status s : block.status) codes.push_back(static_cast<std::int8_t>(s));
    append_all(codes);
  }
}

template <class T>
void TrialColumns::append_values(std::size_t column, Buffered<T>& buffered,
                                 std::span<const T> values) {
  buffered.waiting.insert(buffered.waiting.end(), values.begin(), values.end());
  while (buffered.waiting.size() >= chunk_) compress_chunk(column, buffered);
}

void TrialColumns::append_stored(hid_t root, std::uint64_t rows) {
  std::vector<hdf5::Dataset> stored;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const hdf5::Dataset& dataset = stored.emplace_back(root, names_[c]);
    if (dataset.shape() != std::vector<hsize_t>{rows}) {
      throw hdf5::Error("'" + names_[c] + "' has an unexpected shape");
    }
    std::visit(
        [&](const auto& buffered) {
          if (!netcdf::stored_alike(dataset.id(), buffered.variable.id())) {
            throw hdf5::Error("'" + names_[c] + "' is stored in an unexpected way");
          }
        },
        columns_[c]);
  }
  // Chunk by chunk, as one column's alone would have to wait in memory for the others'.
  for (std::uint64_t first = 0; first < rows; first += chunk_) {
    const std::size_t length = std::min<std::uint64_t>(chunk_, rows - first);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      std::visit(
          [&](auto& buffered) {
            append_chunk(c, buffered, netcdf::read_chunk(stored[c].id(), first), length);
          },
          columns_[c]);
    }
  }
}

template <class T>
void TrialColumns::append_chunk(std::size_t column, Buffered<T>& buffered,
                                std::vector<std::uint8_t> chunk, std::size_t length) {
  if (length == chunk_ && buffered.waiting.empty()) {
    const std::uint64_t number = buffered.chunks++ * columns_.size() + column;
    writing_.give({number, number + 1}, Chunk{column, length, std::move(chunk)});
    return;
  }
  std::vector<T> values(chunk_);
  decompress(chunk, std::as_writable_bytes(std::span(values)), sizeof(T));
  append_values<T>(column, buffered, std::span<const T>(values).first(length));
}

template <class T>
void TrialColumns::compress_chunk(std::size_t column, Buffered<T>& buffered) {
  const std::size_t length = std::min(buffered.waiting.size(), chunk_);
  buffered.waiting.resize(std::max(buffered.waiting.size(), chunk_));
  const auto values = std::as_bytes(std::span(buffered.waiting).first(chunk_));
  Chunk chunk{column, length, compressed(values, sizeof(T))};
  buffered.waiting.erase(buffered.waiting.begin(),
                         buffered.waiting.begin() + static_cast<std::ptrdiff_t>(chunk_));
  const std::uint64_t number = buffered.chunks++ * columns_.size() + column;
  writing_.give({number, number + 1}, std::move(chunk));
}

void TrialColumns::write(const Chunk& chunk) {
  const std::scoped_lock lock(hdf5_);
  std::visit([&](auto& column) { column.variable.append_chunk(chunk.bytes, chunk.length); },
             columns_[chunk.column]);
  if (chunk.column + 1 < columns_.size()) return;
  written_ += chunk.length;
  if (told_) told_(written_);
}

void TrialColumns::flush(unsigned threads) {
  base::parallel_for(columns_.size(), threads, [&](std::size_t c) {
    std::visit(
        [&](auto& column) {
          if (!column.waiting.empty()) compress_chunk(c, column);
        },
        columns_[c]);
  });
}

void TrialColumns::read(std::size_t column,
                        const std::function<void(std::span<const double>)>& consumer) const {
  const netcdf::Variable& variable = std::get<Buffered<double>>(columns_[column]).variable;
  std::vector<double> values(chunk_);
  for (std::uint64_t first = 0; first < written_; first += chunk_) {
    const auto chunk = [&] {
      const std::scoped_lock lock(hdf5_);
      return variable.read_chunk(first);
    }();
    decompress(chunk, std::as_writable_bytes(std::span(values)), sizeof(double));
    consumer(std::span(values).first(std::min<std::uint64_t>(chunk_, written_ - first)));
  }
}

}  // namespace truce::results
