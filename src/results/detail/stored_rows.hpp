#pragma once

#include <cstdint>
#include <vector>

#include "results/detail/hdf5.hpp"

namespace truce::results::netcdf {

/// Rows of a variable with two axes that make one chunk along the first, as they are stored.
struct StoredRows {
  struct Chunk {
    std::uint32_t skipped_filters = 0;
    std::vector<std::uint8_t> bytes;  ///< compressed
  };
  hsize_t rows = 0;           ///< 0: they come with the last row of their chunk
  hsize_t length = 0;         ///< of the longest row
  std::vector<Chunk> chunks;  ///< along the second axis
};

/// Whether both variables have the same type, chunks, filters and filling, so that a chunk of one
/// can be one of the other.
bool stored_alike(hid_t a, hid_t b);

/// The rows from `first` on, where a chunk begins.
StoredRows read_stored(hid_t dataset, hsize_t first, hsize_t rows, hsize_t length);
/// Writes them from row `first` on, where a chunk begins, into a variable that is long enough.
void write_stored(hid_t dataset, hsize_t first, const StoredRows& rows);

}  // namespace truce::results::netcdf
