#include "results/detail/stored_rows.hpp"

#include <array>

namespace truce::results::netcdf {

namespace {

using hdf5::checked;
using hdf5::Handle;
using hdf5::own;

Handle plan_of(hid_t dataset) {
  return own("look at a variable", H5Pclose, [&] { return H5Dget_create_plist(dataset); });
}

Handle type_of(hid_t dataset) {
  return own("look at a variable", H5Tclose, [&] { return H5Dget_type(dataset); });
}

/// What the bytes of a chunk mean, but for the type.
struct Storage {
  std::vector<hsize_t> chunk;  ///< empty where there are none
  std::vector<H5Z_filter_t> filters;
  std::vector<std::uint8_t> fill;

  friend bool operator==(const Storage&, const Storage&) = default;
};

Storage storage_of(hid_t dataset, hid_t type) {
  const Handle plan = plan_of(dataset);
  Storage result;
  if (H5Pget_layout(plan.id()) == H5D_CHUNKED) {
    result.chunk.resize(H5S_MAX_RANK);
    const int rank = checked("look at a variable", [&] {
      return H5Pget_chunk(plan.id(), H5S_MAX_RANK, result.chunk.data());
    });
    result.chunk.resize(static_cast<std::size_t>(rank));
  }
  const int filters = checked("look at a variable", [&] { return H5Pget_nfilters(plan.id()); });
  for (unsigned i = 0; i < static_cast<unsigned>(filters); ++i) {
    std::size_t values = 0;
    result.filters.push_back(checked("look at a variable", [&] {
      return H5Pget_filter2(plan.id(), i, nullptr, &values, nullptr, 0, nullptr, nullptr);
    }));
  }
  result.fill.resize(H5Tget_size(type));
  checked("look at a variable",
          [&] { return H5Pget_fill_value(plan.id(), type, result.fill.data()); });
  return result;
}

/// Values of a chunk along the second axis.
hsize_t chunk_length(hid_t dataset) {
  std::array<hsize_t, 2> chunk{};
  const Handle plan = plan_of(dataset);
  checked("look at a variable", [&] { return H5Pget_chunk(plan.id(), 2, chunk.data()); });
  return chunk[1];
}

}  // namespace

bool stored_alike(hid_t a, hid_t b) {
  const Handle type = type_of(a);
  return checked("compare variables", [&] { return H5Tequal(type.id(), type_of(b).id()); }) > 0 &&
         storage_of(a, type.id()) == storage_of(b, type.id());
}

StoredRows read_stored(hid_t dataset, hsize_t first, hsize_t rows, hsize_t length) {
  StoredRows result{.rows = rows, .length = length, .chunks = {}};
  const hsize_t width = chunk_length(dataset);
  for (hsize_t column = 0; column < length; column += width) {
    const std::array<hsize_t, 2> offset = {first, column};
    hsize_t size = 0;
    checked("find values",
            [&] { return H5Dget_chunk_storage_size(dataset, offset.data(), &size); });
    StoredRows::Chunk& chunk = result.chunks.emplace_back();
    chunk.bytes.resize(size);
    checked("read values", [&] {
      return H5Dread_chunk(dataset, H5P_DEFAULT, offset.data(), &chunk.skipped_filters,
                           chunk.bytes.data());
    });
  }
  return result;
}

void write_stored(hid_t dataset, hsize_t first, const StoredRows& rows) {
  std::array<hsize_t, 2> offset = {first, 0};
  const hsize_t width = chunk_length(dataset);
  for (const StoredRows::Chunk& chunk : rows.chunks) {
    checked("write values", [&] {
      return H5Dwrite_chunk(dataset, H5P_DEFAULT, chunk.skipped_filters, offset.data(),
                            chunk.bytes.size(), chunk.bytes.data());
    });
    offset[1] += width;
  }
}

}  // namespace truce::results::netcdf
