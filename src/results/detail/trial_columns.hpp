#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <mutex>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "results/block.hpp"
#include "results/detail/netcdf.hpp"
#include "results/schema.hpp"

namespace truce::results {

// What a failed trial has in columns that cannot hold NaN; the attribute `failed_value`.
inline constexpr std::int32_t failed_integer = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int8_t failed_code = -1;  ///< of yes/no and categories

/// The values of a column for the trials of a block, as they are stored.
using StoredValues =
    std::variant<std::vector<double>, std::vector<std::int32_t>, std::vector<std::int8_t>>;

/// CF's way to name codes; readers have no other that all of them understand.
void name_codes(const netcdf::Variable& variable, int first,
                const std::vector<std::string>& labels);
/// What a variable tells of its column.
void describe_column(const netcdf::Variable& variable, const Column& column);

/// Converts a column of a block. Throws std::range_error, which names outcome and trial, for what
/// its kind cannot hold.
void convert(const Column& column, const Block& block, std::span<const double> values,
             StoredValues& stored);

/// The group /trials: one growing variable per column, written by whole chunks, which are
/// compressed on several threads.
class TrialColumns {
 public:
  TrialColumns(hid_t root, const Schema& schema, unsigned threads);

  /// Adds the same trials to every column.
  void append(std::uint64_t first, std::span<const Status> status,
              const std::vector<StoredValues>& columns);
  /// Writes what is left of a chunk; then no more can be appended.
  void flush();

  /// Hands over a real column, part by part, after `flush`. Several threads may read at a time.
  void read(std::size_t column, const std::function<void(std::span<const double>)>& consumer) const;

 private:
  template <class T>
  struct Buffered {
    netcdf::Variable variable;
    std::vector<T> waiting;

    /// Of the first `length` values that wait; where there are fewer, they are padded.
    [[nodiscard]] std::vector<std::uint8_t> compressed_chunk(std::size_t length) const;
    void write_chunk(std::span<const std::uint8_t> chunk, std::size_t length);
  };
  using AnyBuffered = std::variant<Buffered<double>, Buffered<std::int32_t>, Buffered<std::int8_t>,
                                   Buffered<std::int64_t>>;

  AnyBuffered create(const Column& column) const;
  void write_chunks();

  netcdf::Group group_;
  unsigned threads_;
  std::size_t chunk_;                 ///< values in a chunk: no more than there will be trials
  std::size_t waiting_ = 0;           ///< trials not yet written
  std::uint64_t written_ = 0;         ///< trials
  mutable std::mutex reading_;        ///< HDF5 serves one thread at a time
  std::vector<AnyBuffered> columns_;  ///< those of the schema, then trial and status
};

}  // namespace truce::results
