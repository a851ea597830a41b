#include "results/detail/joined_rows.hpp"

#include <algorithm>

namespace truce::results {

bool JoinedRows::is_chunk_of(const StudyReader::State& from) const {
  const std::size_t most = layout_->rows_per_chunk();
  const std::size_t rows = end_ - first_;
  const Source& first = sources_[first_];
  if (first.row % most != 0) return false;
  // Less than a whole chunk is the last one, in both files.
  if (rows < most && first.row + rows != from.schema.contained.size()) return false;
  for (std::size_t i = 0; i < rows; ++i) {
    if (sources_[first_ + i] != Source{first.file, first.row + i}) return false;
  }
  for (std::size_t i = 0; i < layout_->trial_variables(); ++i) {
    const hdf5::Dataset& variable = from.variable(layout_->names()[i]);
    if (!netcdf::stored_alike(variable.id(), layout_->id(i))) return false;
  }
  return true;
}

netcdf::StoredRows JoinedRows::stored(const StudyReader::State& from,
                                      const std::string& name) const {
  const hdf5::Dataset& variable = from.variable(name);
  if (variable.shape().size() != 2 || variable.shape()[1] < longest_) {
    throw hdf5::Error("'" + name + "' has rows that are too short");
  }
  return netcdf::read_stored(variable.id(), sources_[first_].row, end_ - first_, longest_);
}

bool JoinedRows::begin_chunk() {
  if (next_ != end_) return false;
  first_ = next_;
  end_ = std::min<std::size_t>(first_ + layout_->rows_per_chunk(), sources_.size());
  longest_ = 0;
  taken_ = false;
  return true;
}

void JoinedRows::skip() {
  begin_chunk();
  ++next_;
}

std::vector<RowValues> JoinedRows::next(const StudyReader::State& from, bool sealed,
                                        std::uint64_t trials) {
  if (begin_chunk()) taken_ = sealed && is_chunk_of(from);
  const std::size_t row = sources_.at(next_++).row;
  longest_ = std::max(longest_, from.schema.rows_of(trials));
  std::vector<RowValues> rows;
  for (std::size_t i = 0; i < layout_->names().size(); ++i) {
    const std::string& name = layout_->names()[i];
    if (!taken_ || i >= layout_->trial_variables()) {
      rows.push_back(from.row(name, row, trials));
    } else {
      rows.emplace_back(next_ == end_ ? stored(from, name) : netcdf::StoredRows());
    }
  }
  return rows;
}

}  // namespace truce::results
