#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "results/detail/netcdf.hpp"
#include "results/detail/stored_rows.hpp"

namespace truce::results {

/// A variable whose first axis is `point`, written point by point: rows are kept until they make
/// whole chunks. All axes but the last are fixed; rows may differ in length along that of trials.
template <class T>
class RowVariable {
 public:
  RowVariable(netcdf::Variable variable, hsize_t rows_per_chunk, T fill)
      : variable_(std::move(variable)), most_(rows_per_chunk), fill_(fill) {}

  [[nodiscard]] const netcdf::Variable& variable() const { return variable_; }

  void append(std::span<const T> row) {
    rows_.emplace_back(row.begin(), row.end());
    if (rows_.size() >= most_) flush();
  }

  /// Adds rows that make a chunk, or are the last ones, as they are stored; none may be kept.
  void append(netcdf::StoredRows rows) {
    if (rows.rows == 0) return;
    const bool whole = rows.rows >= most_;
    stored_ = std::move(rows);
    if (whole) flush();
  }

  /// Writes what is kept, all rows as long as the longest.
  void flush() {
    if (stored_) {
      variable_.grow_last_axis(stored_->length);
      netcdf::write_stored(variable_.id(), written_, *stored_);
      written_ += stored_->rows;
      stored_.reset();
    }
    if (rows_.empty()) return;
    std::size_t longest = 0;
    for (const auto& row : rows_) longest = std::max(longest, row.size());
    std::vector<T> values;
    values.reserve(longest * rows_.size());
    for (const auto& row : rows_) {
      values.insert(values.end(), row.begin(), row.end());
      values.resize(values.size() + longest - row.size(), fill_);
    }
    const std::size_t last = inner_ == 0 ? longest : inner_;
    variable_.write_rows<T>(written_, rows_.size(), last, values);
    written_ += rows_.size();
    rows_.clear();
  }

  /// Sets the length of the last axis where a row has several axes, all of them fixed.
  void set_last_axis(hsize_t size) { inner_ = size; }
  void grow(hsize_t size) { variable_.grow_last_axis(size); }

 private:
  netcdf::Variable variable_;
  hsize_t most_;
  hsize_t written_ = 0;
  hsize_t inner_ = 0;  ///< 0: rows have one axis
  T fill_;
  std::vector<std::vector<T>> rows_;
  std::optional<netcdf::StoredRows> stored_;
};

}  // namespace truce::results
