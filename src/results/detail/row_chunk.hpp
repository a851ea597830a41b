#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "results/detail/compression.hpp"
#include "results/detail/hdf5.hpp"

namespace truce::results::netcdf {

/// Writes rows of two axes that are one whole chunk, compressed here, as HDF5 would be slower at
/// it. False where they are none.
template <class T>
bool write_row_chunk(hid_t dataset, hsize_t all_rows, hsize_t first, hsize_t rows, hsize_t length,
                     std::span<const T> values) {
  const hdf5::Handle plan =
      hdf5::own("look at a variable", H5Pclose, [&] { return H5Dget_create_plist(dataset); });
  if (H5Pget_layout(plan.id()) != H5D_CHUNKED) return false;
  std::array<hsize_t, 2> chunk{};
  hdf5::checked("look at a variable", [&] { return H5Pget_chunk(plan.id(), 2, chunk.data()); });
  const bool whole = first % chunk[0] == 0 && length <= chunk[1] &&
                     (rows == chunk[0] || (rows < chunk[0] && first + rows == all_rows));
  if (!whole) return false;
  T fill{};
  hdf5::checked("look at a variable",
                [&] { return H5Pget_fill_value(plan.id(), hdf5::memory_type<T>(), &fill); });
  std::vector<T> padded(chunk[0] * chunk[1], fill);
  for (hsize_t row = 0; row < rows; ++row) {
    std::ranges::copy(values.subspan(row * length, length), padded.begin() + row * chunk[1]);
  }
  const auto bytes = compressed(std::as_bytes(std::span(padded)), sizeof(T));
  const std::array<hsize_t, 2> offset = {first, 0};
  hdf5::checked("write values", [&] {
    return H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, offset.data(), bytes.size(), bytes.data());
  });
  return true;
}

}  // namespace truce::results::netcdf
