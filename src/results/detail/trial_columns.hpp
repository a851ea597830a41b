#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/ordered_join.hpp"
#include "results/detail/netcdf.hpp"
#include "results/detail/stored_block.hpp"
#include "results/schema.hpp"

namespace truce::results {

/// CF's way to name codes; readers have no other that all of them understand.
void name_codes(const netcdf::Variable& variable, int first,
                const std::vector<std::string>& labels);
/// What a variable tells of its column.
void describe_column(const netcdf::Variable& variable, const Column& column);

/// The groups /trials and, where parameters are drawn, /parameters: one growing variable per
/// column, written by whole chunks. Columns are independent of each other: several threads may
/// append to different ones at a time, and the bytes of the file are the same.
class TrialColumns {
 public:
  /// Of trials from `first` on, whose rows are kept. HDF5 is used with `hdf5` locked.
  TrialColumns(hid_t root, const Schema& schema, std::uint64_t first, std::mutex& hdf5);

  /// The columns of the schema, the numbers of trials, and their status; the parameters that are
  /// drawn, and the numbers of trials once more.
  [[nodiscard]] std::size_t size() const { return columns_.size(); }
  /// Adds the next block to a column, which compresses and writes what makes a whole chunk.
  void append(std::size_t column, const StoredBlock& block);
  /// Adds the next rows of all columns from the file of a part of the same run, which has `rows` of
  /// them, by chunks, which are taken as they are stored where they stay chunks. Throws
  /// hdf5::Error where they do not fit.
  void append_stored(hid_t root, std::uint64_t rows);
  /// Who is told how many rows there are, each time that all columns have written a chunk, with
  /// HDF5 locked, and at the same place among the writes whatever threads there are.
  void on_written(std::function<void(std::uint64_t)> told) { told_ = std::move(told); }
  /// Rows in chunks that all columns have written. May be called at any time.
  [[nodiscard]] std::uint64_t written() const { return written_; }
  /// Writes what is left of a chunk, on so many threads; then no more can be appended.
  void flush(unsigned threads);

  /// Hands over a real column, part by part, after `flush`. Several threads may read at a time.
  void read(std::size_t column, const std::function<void(std::span<const double>)>& consumer) const;

 private:
  template <class T>
  struct Buffered {
    netcdf::Variable variable;
    std::vector<T> waiting;
    std::uint64_t chunks = 0;  ///< compressed, or taken as they are
  };
  using AnyBuffered = std::variant<Buffered<double>, Buffered<std::int32_t>, Buffered<std::int8_t>,
                                   Buffered<std::int64_t>>;
  struct Chunk {
    std::size_t column = 0;
    std::size_t length = 0;  ///< values in it
    std::vector<std::uint8_t> bytes;
  };

  AnyBuffered create(const Column& column) const;
  void add_parameters(hid_t root, const Schema& schema, std::uint64_t most);
  /// Compresses the first chunk that waits, padded where it is not full, and hands it to
  /// `writing_`.
  template <class T>
  void compress_chunk(std::size_t column, Buffered<T>& buffered);
  template <class T>
  void append_chunk(std::size_t column, Buffered<T>& buffered, std::vector<std::uint8_t> chunk,
                    std::size_t length);
  template <class T>
  void append_values(std::size_t column, Buffered<T>& buffered, std::span<const T> values);
  void write(const Chunk& chunk);

  netcdf::Group group_;
  std::optional<netcdf::Group> parameters_;
  std::mutex& hdf5_;
  std::size_t chunk_;               ///< values in a chunk: no more than there will be rows
  std::uint64_t end_;               ///< the first trial that keeps no row
  std::vector<std::string> names_;  ///< of the variables, with their groups
  std::atomic<std::uint64_t> written_ = 0;
  std::function<void(std::uint64_t)> told_;
  std::size_t schema_columns_;
  std::vector<AnyBuffered> columns_;
  base::OrderedJoin<Chunk> writing_;  ///< by the number of the chunk, then of the column
};

}  // namespace truce::results
