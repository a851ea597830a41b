#include <type_traits>

#include "results/detail/netcdf.hpp"
#include "results/detail/row_chunk.hpp"
#include "results/detail/utf8.hpp"

namespace truce::results::netcdf {

namespace {

using hdf5::checked;
using hdf5::Handle;
using hdf5::own;
using hdf5::space_of;

template <class T>
void transfer(hid_t dataset, hid_t memory, hid_t file, std::span<const T> values) {
  checked("write values", [&] {
    return H5Dwrite(dataset, hdf5::memory_type<T>(), memory, file, H5P_DEFAULT, values.data());
  });
}

template <>
void transfer(hid_t dataset, hid_t memory, hid_t file, std::span<const std::string> values) {
  std::vector<std::string> texts;
  std::vector<const char*> pointers;
  for (const std::string& value : values) texts.push_back(valid_utf8(value));
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  checked("write texts", [&] {
    return H5Dwrite(dataset, hdf5::memory_type<std::string>(), memory, file,
                    hdf5::transfer_plan<std::string>(), pointers.data());
  });
}

/// The part [first, first + count) of a dataset with one axis.
Handle part_of(hid_t dataset, hsize_t first, hsize_t count) {
  Handle space = own("look at a data space", H5Sclose, [&] { return H5Dget_space(dataset); });
  checked("select values", [&] {
    return H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, &first, nullptr, &count, nullptr);
  });
  return space;
}

}  // namespace

template <class T>
void Variable::write(std::span<const T> values) const {
  if (!values.empty()) transfer(id(), H5S_ALL, H5S_ALL, values);
}

template <class T>
void Variable::append(std::span<const T> values) {
  if (values.empty()) return;
  const hsize_t first = size_;
  const hsize_t count = values.size();
  const hsize_t size = first + count;
  checked("extend a variable", [&] { return H5Dset_extent(id(), &size); });
  const Handle file = part_of(id(), first, count);
  transfer(id(), space_of({count}, {count}).id(), file.id(), values);
  size_ = size;
}

void Variable::append_chunk(std::span<const std::uint8_t> chunk, std::size_t values) {
  const hsize_t first = size_;
  const hsize_t size = first + values;
  checked("extend a variable", [&] { return H5Dset_extent(id(), &size); });
  checked("write values",
          [&] { return H5Dwrite_chunk(id(), H5P_DEFAULT, 0, &first, chunk.size(), chunk.data()); });
  size_ = size;
}

template <class T>
void Variable::write_rows(hsize_t first, hsize_t rows, hsize_t length, std::span<const T> values) {
  if (values.empty()) return;
  Handle space = own("look at a data space", H5Sclose, [&] { return H5Dget_space(id()); });
  const auto rank = static_cast<std::size_t>(
      checked("look at a data space", [&] { return H5Sget_simple_extent_ndims(space.id()); }));
  std::vector<hsize_t> sizes(rank);
  H5Sget_simple_extent_dims(space.id(), sizes.data(), nullptr);
  if (rank > 1 && sizes.back() < length) {
    grow_last_axis(length);
    sizes.back() = length;
    space = own("look at a data space", H5Sclose, [&] { return H5Dget_space(id()); });
  }
  if constexpr (!std::is_same_v<T, std::string>) {
    if (rank == 2 && write_row_chunk(id(), sizes.front(), first, rows, length, values)) return;
  }
  std::vector<hsize_t> start(rank, 0);
  std::vector<hsize_t> count = sizes;
  start.front() = first;
  count.front() = rows;
  if (rank > 1) count.back() = length;
  checked("select values", [&] {
    return H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start.data(), nullptr, count.data(),
                               nullptr);
  });
  transfer(id(), space_of(count, count).id(), space.id(), values);
}

void Variable::grow_last_axis(hsize_t size) {
  const Handle space = own("look at a data space", H5Sclose, [&] { return H5Dget_space(id()); });
  std::vector<hsize_t> sizes(static_cast<std::size_t>(
      checked("look at a data space", [&] { return H5Sget_simple_extent_ndims(space.id()); })));
  H5Sget_simple_extent_dims(space.id(), sizes.data(), nullptr);
  if (sizes.back() >= size) return;
  sizes.back() = size;
  checked("extend a variable", [&] { return H5Dset_extent(id(), sizes.data()); });
}

std::vector<std::uint8_t> Variable::read_chunk(std::uint64_t first) const {
  return netcdf::read_chunk(id(), first);
}

std::vector<std::uint8_t> read_chunk(hid_t dataset, std::uint64_t first) {
  const hsize_t offset = first;
  hsize_t size = 0;
  checked("find values", [&] { return H5Dget_chunk_storage_size(dataset, &offset, &size); });
  std::vector<std::uint8_t> chunk(size);
  std::uint32_t skipped = 0;  // filters; none is
  checked("read values",
          [&] { return H5Dread_chunk(dataset, H5P_DEFAULT, &offset, &skipped, chunk.data()); });
  return chunk;
}

#define TRUCE_INSTANTIATE(T)                               \
  template void Variable::write(std::span<const T>) const; \
  template void Variable::append(std::span<const T>);      \
  template void Variable::write_rows(hsize_t, hsize_t, hsize_t, std::span<const T>);
TRUCE_INSTANTIATE(double)
TRUCE_INSTANTIATE(std::int8_t)
TRUCE_INSTANTIATE(std::int32_t)
TRUCE_INSTANTIATE(std::int64_t)
TRUCE_INSTANTIATE(std::string)
#undef TRUCE_INSTANTIATE

}  // namespace truce::results::netcdf
