#include "results/detail/hdf5_read.hpp"

#include <type_traits>

#include "results/detail/disk_reading.hpp"
#include "results/detail/utf8.hpp"

namespace truce::results::hdf5 {

namespace {

template <class T>
constexpr Kind kind_of_type() {
  if constexpr (std::is_same_v<T, std::string>) return Kind::text;
  return std::is_floating_point_v<T> ? Kind::real : Kind::integer;
}

Kind kind_of(hid_t type, const std::string& name) {
  switch (H5Tget_class(type)) {
    case H5T_FLOAT:
      return Kind::real;
    case H5T_INTEGER:
      return Kind::integer;
    case H5T_STRING:
      if (H5Tis_variable_str(type) > 0) return Kind::text;
      break;
    default:
      break;
  }
  throw Error("'" + name + "' is of an unexpected type");
}

template <class T>
void require_kind(Kind kind, const std::string& name) {
  if (kind != kind_of_type<T>()) throw Error("'" + name + "' is of an unexpected type");
}

/// Strings that the library has allocated: taken over and given back.
std::vector<std::string> take_texts(std::vector<char*>& pointers) {
  std::vector<std::string> texts;
  for (char* pointer : pointers) {
    texts.push_back(pointer == nullptr ? "" : valid_utf8(pointer));
    H5free_memory(pointer);
  }
  return texts;
}

/// The names that `name_of(number, text, size)` puts into a text, or of which it tells the length.
/// One by one: H5Literate's cleanup crashes on damaged groups.
template <class NameOf>
std::vector<std::string> names_by_number(const char* what, hsize_t count, NameOf&& name_of) {
  std::vector<std::string> names;
  for (hsize_t i = 0; i < count; ++i) {
    const auto name_to = [&](char* text, std::size_t size) {
      return checked(what, [&] { return name_of(i, text, size); });
    };
    std::string name(static_cast<std::size_t>(name_to(nullptr, 0)), '\0');
    name_to(name.data(), name.size() + 1);
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace

Handle open_file(const std::filesystem::path& path) {
  return open_disk_file(path);
}

Handle open_group(hid_t parent, const std::string& path) {
  return own("open group " + path, H5Gclose,
             [&] { return H5Gopen2(parent, path.c_str(), H5P_DEFAULT); });
}

bool has_member(hid_t group, const std::string& name) {
  return checked("look for " + name, [&] { return H5Lexists(group, name.c_str(), H5P_DEFAULT); }) >
         0;
}

std::vector<std::string> members(hid_t group) {
  H5G_info_t info{};
  checked("look at a group", [&] { return H5Gget_info(group, &info); });
  return names_by_number("list a group", info.nlinks, [&](hsize_t i, char* text, std::size_t size) {
    return H5Lget_name_by_idx(group, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, text, size,
                              H5P_DEFAULT);
  });
}

std::vector<std::string> attributes(hid_t object) {
  H5O_info_t info{};
  checked("look at attributes", [&] { return H5Oget_info2(object, &info, H5O_INFO_NUM_ATTRS); });
  return names_by_number("list attributes", info.num_attrs,
                         [&](hsize_t i, char* text, std::size_t size) {
                           return H5Aget_name_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, i,
                                                     text, size, H5P_DEFAULT);
                         });
}

bool has_attribute(hid_t object, const std::string& name) {
  return checked("look for attribute " + name, [&] { return H5Aexists(object, name.c_str()); }) > 0;
}

template <class T>
T read_attribute(hid_t object, const std::string& name) {
  const Handle attribute = own("open attribute " + name, H5Aclose,
                               [&] { return H5Aopen(object, name.c_str(), H5P_DEFAULT); });
  const Handle type =
      own("look at attribute " + name, H5Tclose, [&] { return H5Aget_type(attribute.id()); });
  const Handle space =
      own("look at attribute " + name, H5Sclose, [&] { return H5Aget_space(attribute.id()); });
  require_kind<T>(kind_of(type.id(), name), name);
  if (H5Sget_simple_extent_type(space.id()) != H5S_SCALAR) {
    throw Error("attribute '" + name + "' is no single value");
  }
  const auto read_to = [&](void* data) {
    checked("read attribute " + name,
            [&] { return H5Aread(attribute.id(), memory_type<T>(), data); });
  };
  if constexpr (std::is_same_v<T, std::string>) {
    std::vector<char*> pointers(1);
    read_to(pointers.data());
    return take_texts(pointers).front();
  } else {
    T value{};
    read_to(&value);
    return value;
  }
}

Dataset::Dataset(hid_t group, const std::string& name)
    : name_(name), dataset_(own("open " + name, H5Dclose, [&] {
        return H5Dopen2(group, name.c_str(), H5P_DEFAULT);
      })) {
  const Handle type = own("look at " + name, H5Tclose, [&] { return H5Dget_type(dataset_.id()); });
  const Handle space =
      own("look at " + name, H5Sclose, [&] { return H5Dget_space(dataset_.id()); });
  kind_ = kind_of(type.id(), name);
  width_ = H5Tget_size(type.id());
  if (width_ == 0) throw Error("'" + name + "' is of an unexpected type");
  if (H5Sget_simple_extent_type(space.id()) == H5S_NULL) throw Error("'" + name + "' is void");
  const int rank =
      checked("look at " + name, [&] { return H5Sget_simple_extent_ndims(space.id()); });
  shape_.resize(static_cast<std::size_t>(rank));
  H5Sget_simple_extent_dims(space.id(), shape_.data(), nullptr);
}

std::size_t Dataset::size_of(const std::vector<hsize_t>& shape) const {
  // A file may claim any size, so memory is taken only for what it can hold: deflate shrinks by at
  // most 1032.
  const hsize_t stored = H5Dget_storage_size(dataset_.id());
  const hsize_t most = 1100 * (stored / width_ + 1);
  hsize_t size = 1;
  for (const hsize_t extent : shape) {
    if (extent > most) throw Error("'" + name_ + "' is larger than what is stored of it");
    size *= extent;
    if (size > most) throw Error("'" + name_ + "' is larger than what is stored of it");
  }
  return size;
}

template <class T>
std::vector<T> Dataset::read() const {
  require_kind<T>(kind_, name_);
  const auto read_to = [&](void* data) {
    checked("read " + name_, [&] {
      return H5Dread(dataset_.id(), memory_type<T>(), H5S_ALL, H5S_ALL, transfer_plan<T>(), data);
    });
  };
  const std::size_t count = size_of(shape_);
  if constexpr (std::is_same_v<T, std::string>) {
    std::vector<char*> pointers(count);
    if (count > 0) read_to(pointers.data());
    return take_texts(pointers);
  } else {
    std::vector<T> values(count);
    if (count > 0) read_to(values.data());
    return values;
  }
}

template <class T>
std::vector<T> Dataset::read(const std::vector<hsize_t>& shape) const {
  if (shape != shape_) throw Error("'" + name_ + "' has an unexpected shape");
  return read<T>();
}

template <class T>
std::vector<T> Dataset::read_row(hsize_t row, std::optional<hsize_t> length) const {
  require_kind<T>(kind_, name_);
  if (shape_.empty() || row >= shape_.front()) throw Error("'" + name_ + "' has too few rows");
  std::vector<hsize_t> start(shape_.size(), 0);
  std::vector<hsize_t> count = shape_;
  start.front() = row;
  count.front() = 1;
  if (length && count.size() > 1) {
    if (*length > count[1]) throw Error("'" + name_ + "' has rows that are too short");
    count[1] = *length;
  }
  std::vector<T> values(size_of(count));
  if (values.empty()) return values;
  const Handle file =
      own("look at " + name_, H5Sclose, [&] { return H5Dget_space(dataset_.id()); });
  checked("read " + name_, [&] {
    return H5Sselect_hyperslab(file.id(), H5S_SELECT_SET, start.data(), nullptr, count.data(),
                               nullptr);
  });
  const Handle memory = own("read " + name_, H5Sclose, [&] {
    return H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr);
  });
  checked("read " + name_, [&] {
    return H5Dread(dataset_.id(), memory_type<T>(), memory.id(), file.id(), H5P_DEFAULT,
                   values.data());
  });
  return values;
}

template std::vector<double> Dataset::read_row(hsize_t, std::optional<hsize_t>) const;
template std::vector<std::int8_t> Dataset::read_row(hsize_t, std::optional<hsize_t>) const;
template std::vector<std::int32_t> Dataset::read_row(hsize_t, std::optional<hsize_t>) const;
template std::vector<std::int64_t> Dataset::read_row(hsize_t, std::optional<hsize_t>) const;

std::string read_text(hid_t group, const std::string& name) {
  return read<std::string>(group, name, {}).front();
}

template double read_attribute(hid_t, const std::string&);
template std::int8_t read_attribute(hid_t, const std::string&);
template std::int32_t read_attribute(hid_t, const std::string&);
template std::int64_t read_attribute(hid_t, const std::string&);
template std::uint64_t read_attribute(hid_t, const std::string&);
template std::string read_attribute(hid_t, const std::string&);

#define TRUCE_INSTANTIATE(T)                     \
  template std::vector<T> Dataset::read() const; \
  template std::vector<T> Dataset::read(const std::vector<hsize_t>&) const;
TRUCE_INSTANTIATE(double)
TRUCE_INSTANTIATE(std::int8_t)
TRUCE_INSTANTIATE(std::int32_t)
TRUCE_INSTANTIATE(std::int64_t)
TRUCE_INSTANTIATE(std::uint64_t)
TRUCE_INSTANTIATE(std::string)
#undef TRUCE_INSTANTIATE

}  // namespace truce::results::hdf5
