#include "results/detail/hdf5.hpp"

#include <cstdint>
#include <new>
#include <vector>

#include "results/detail/disk_reading.hpp"
#include "results/detail/utf8.hpp"

namespace truce::results::hdf5 {

namespace {

/// The innermost message, which tells the cause; those above it only tell who asked.
struct Cause {
  std::string text;
  bool is_machine = false;
};
Cause cause() {
  Cause found;
  const auto keep = [](unsigned, const H5E_error2_t* error, void* data) -> herr_t {
    auto& cause = *static_cast<Cause*>(data);
    // An exception must not leave the library, which would keep its lock.
    try {
      if (error->desc != nullptr) cause.text = error->desc;
    } catch (const std::bad_alloc&) {
      cause.is_machine = true;
      return 1;
    }
    const bool is_disk =
        error->func_name != nullptr && std::string_view(error->func_name) == the_disk;
    cause.is_machine = is_disk || error->maj_num == H5E_RESOURCE;
    return 1;  // the first is enough
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep, &found);
  return found;
}

/// Made once, as making it takes longer than most of what it is used for; the library closes it.
hid_t text_type() {
  static const hid_t made = [] {
    const hid_t type = checked("make a text type", [] { return H5Tcopy(H5T_C_S1); });
    checked("make a text type", [&] { return H5Tset_size(type, H5T_VARIABLE); });
    checked("make a text type", [&] { return H5Tset_cset(type, H5T_CSET_UTF8); });
    return type;
  }();
  return made;
}

Handle create_attribute(hid_t object, const std::string& name, hid_t type, hid_t space) {
  return own("create attribute " + name, H5Aclose, [&] {
    return H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT);
  });
}

template <class T>
void write(hid_t object, const std::string& name, const Handle& space, const T* data) {
  const Handle attribute = create_attribute(object, name, file_type<T>(), space.id());
  checked("write attribute " + name,
          [&] { return H5Awrite(attribute.id(), memory_type<T>(), data); });
}

}  // namespace

namespace {

thread_local int quiets = 0;

}  // namespace

Quiet::Quiet() {
  if (quiets++ > 0) return;
  H5Eget_auto2(H5E_DEFAULT, &printer_, &data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Quiet::~Quiet() {
  if (--quiets > 0) return;
  H5Eset_auto2(H5E_DEFAULT, printer_, data_);
}

void require_memory() {
  constexpr std::size_t for_a_call = std::size_t{256} << 10U;
  ::operator delete(::operator new(for_a_call));
}

void fail(std::string_view doing) {
  const Cause why = cause();
  const std::string text =
      "cannot " + std::string(doing) + (why.text.empty() ? "" : ": " + why.text);
  if (why.is_machine) throw MachineError(text);
  throw Error(text);
}

Handle::~Handle() {
  if (id_ < 0) return;
  const Quiet quiet;
  close_(id_);
}

void Handle::close(std::string_view doing) {
  const hid_t id = std::exchange(id_, -1);
  checked(doing, [&] { return close_(id); });
}

Handle space_of(const std::vector<hsize_t>& sizes, const std::vector<hsize_t>& limits) {
  return own("make a data space", H5Sclose, [&] {
    return sizes.empty()
               ? H5Screate(H5S_SCALAR)
               : H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), limits.data());
  });
}

// clang-format off
template <> hid_t memory_type<double>() { return H5T_NATIVE_DOUBLE; }
template <> hid_t memory_type<std::int8_t>() { return H5T_NATIVE_INT8; }
template <> hid_t memory_type<std::int32_t>() { return H5T_NATIVE_INT32; }
template <> hid_t memory_type<std::int64_t>() { return H5T_NATIVE_INT64; }
template <> hid_t memory_type<std::uint64_t>() { return H5T_NATIVE_UINT64; }
template <> hid_t memory_type<std::string>() { return text_type(); }
template <> hid_t file_type<double>() { return H5T_IEEE_F64LE; }
template <> hid_t file_type<std::int8_t>() { return H5T_STD_I8LE; }
template <> hid_t file_type<std::int32_t>() { return H5T_STD_I32LE; }
template <> hid_t file_type<std::int64_t>() { return H5T_STD_I64LE; }
template <> hid_t file_type<std::uint64_t>() { return H5T_STD_U64LE; }
template <> hid_t file_type<std::string>() { return text_type(); }
// clang-format on

template <>
hid_t transfer_plan<std::string>() {
  static const hid_t made = [] {
    constexpr std::size_t bytes = 16'384;
    const hid_t plan = checked("plan a transfer", [] { return H5Pcreate(H5P_DATASET_XFER); });
    checked("plan a transfer", [&] { return H5Pset_buffer(plan, bytes, nullptr, nullptr); });
    return plan;
  }();
  return made;
}

Handle create_group(hid_t parent, const std::string& name) {
  const Handle plan = own("plan a group", H5Pclose, [] { return H5Pcreate(H5P_GROUP_CREATE); });
  checked("plan a group", [&] { return H5Pset_obj_track_times(plan.id(), false); });
  checked("plan a group", [&] {
    return H5Pset_link_creation_order(plan.id(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
  });
  return own("create group " + name, H5Gclose,
             [&] { return H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, plan.id(), H5P_DEFAULT); });
}

template <class T>
void write_attribute(hid_t object, const std::string& name, const T& value) {
  write(object, name, space_of({}, {}), &value);
}

template <>
void write_attribute(hid_t object, const std::string& name, const std::string& value) {
  const std::string text = valid_utf8(value);
  const char* data = text.c_str();
  const Handle attribute = create_attribute(object, name, text_type(), space_of({}, {}).id());
  checked("write attribute " + name, [&] { return H5Awrite(attribute.id(), text_type(), &data); });
}

template <>
void write_attribute(hid_t object, const std::string& name,
                     const std::vector<std::int8_t>& values) {
  const hsize_t size = values.size();
  const Handle space =
      own("make a data space", H5Sclose, [&] { return H5Screate_simple(1, &size, nullptr); });
  write(object, name, space, values.data());
}

template void write_attribute(hid_t, const std::string&, const double&);
template void write_attribute(hid_t, const std::string&, const std::int8_t&);
template void write_attribute(hid_t, const std::string&, const std::int32_t&);
template void write_attribute(hid_t, const std::string&, const std::int64_t&);
template void write_attribute(hid_t, const std::string&, const std::uint64_t&);

}  // namespace truce::results::hdf5
