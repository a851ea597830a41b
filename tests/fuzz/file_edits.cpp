#include "fuzz/file_edits.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <limits>
#include <string_view>

namespace truce::fuzz {

namespace {

herr_t note_attribute(hid_t object, const char* name, const H5A_info_t*, void* into) {
  std::array<char, 512> path{};
  H5Iget_name(object, path.data(), path.size());
  static_cast<OriginalFile*>(into)->attributes.emplace_back(path.data(), name);
  return 0;
}

herr_t note_object(hid_t root, const char* name, const H5O_info_t* info, void* into) {
  auto& original = *static_cast<OriginalFile*>(into);
  if (std::string_view(name) != ".") original.links.emplace_back(name);
  if (info->type == H5O_TYPE_DATASET) original.datasets.emplace_back(name);
  const hid_t object = H5Oopen(root, name, H5P_DEFAULT);
  hsize_t at = 0;
  H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &at, note_attribute, into);
  H5Oclose(object);
  return 0;
}

/// Numbers that a reader may not expect, and small ones.
double number_of(std::uint8_t choice) {
  constexpr std::array<double, 12> odd = {std::numeric_limits<double>::quiet_NaN(),
                                          std::numeric_limits<double>::infinity(),
                                          -std::numeric_limits<double>::infinity(),
                                          -1,
                                          1e300,
                                          4294967295.0,
                                          4294967296.0,
                                          9.3e18,
                                          1.8e19,
                                          -9.3e18,
                                          65536,
                                          0.5};
  return choice < odd.size() ? odd[choice] : static_cast<double>(choice) - odd.size();
}

const char* text_of(std::uint8_t choice) {
  constexpr std::array<const char*, 10> texts = {
      "",
      "\n",
      "\xff\xfe",
      "a/b",
      "duration",
      "ending",
      "real",
      "{\"a\": [",
      "-1",
      "a very long text that is longer than most of what stands in a file of results, by far"};
  return texts[choice % texts.size()];
}

/// Whatever type it is.
void put(const std::uint8_t* with, hid_t type, bool attribute, hid_t object, hid_t space) {
  if (H5Tget_class(type) == H5T_STRING) {
    if (H5Tis_variable_str(type) <= 0) return;
    const hssize_t count = attribute ? H5Sget_simple_extent_npoints(space) : 1;
    const std::vector<const char*> texts(static_cast<std::size_t>(std::max<hssize_t>(count, 1)),
                                         text_of(with[2]));
    attribute ? H5Awrite(object, type, texts.data())
              : H5Dwrite(object, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data());
    return;
  }
  const hssize_t count = H5Sget_simple_extent_npoints(space);
  if (count <= 0 || count > 100'000) return;
  std::vector<double> values(static_cast<std::size_t>(count));
  if (attribute) {
    H5Aread(object, H5T_NATIVE_DOUBLE, values.data());
  } else {
    H5Dread(object, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
  }
  values[(with[0] * 256U + with[1]) % values.size()] = number_of(with[2]);
  if (with[0] == 255) values.assign(values.size(), number_of(with[2]));
  attribute ? H5Awrite(object, H5T_NATIVE_DOUBLE, values.data())
            : H5Dwrite(object, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
}

void put_into_dataset(hid_t file, const std::string& name, const std::uint8_t* with) {
  const hid_t object = H5Dopen2(file, name.c_str(), H5P_DEFAULT);
  if (object < 0) return;
  const hid_t type = H5Dget_type(object);
  const hid_t space = H5Dget_space(object);
  // A text would be written to all of the dataset.
  if (H5Tget_class(type) != H5T_STRING || H5Sget_simple_extent_npoints(space) == 1) {
    put(with, type, false, object, space);
  }
  H5Sclose(space);
  H5Tclose(type);
  H5Dclose(object);
}

void put_into_attribute(hid_t file, const std::pair<std::string, std::string>& which,
                        const std::uint8_t* with) {
  const hid_t owner = H5Oopen(file, which.first.c_str(), H5P_DEFAULT);
  const hid_t object = owner < 0 ? -1 : H5Aopen(owner, which.second.c_str(), H5P_DEFAULT);
  if (object >= 0) {
    const hid_t type = H5Aget_type(object);
    const hid_t space = H5Aget_space(object);
    put(with, type, true, object, space);
    H5Sclose(space);
    H5Tclose(type);
    H5Aclose(object);
  }
  if (owner >= 0) H5Oclose(owner);
}

/// A dataset of another type and shape in the place of a link.
void put_dataset(hid_t file, const std::string& name, const std::uint8_t* with) {
  H5Ldelete(file, name.c_str(), H5P_DEFAULT);
  const std::array<hid_t, 6> types = {H5T_NATIVE_DOUBLE, H5T_NATIVE_INT64, H5T_NATIVE_UINT8,
                                      H5T_NATIVE_INT32,  H5T_NATIVE_FLOAT, H5T_STD_REF_OBJ};
  const std::array<hsize_t, 8> sizes = {0, 1, 2, 3, 59, 60, 61, 100'000};
  std::vector<hsize_t> shape;
  for (int i = 0; i < with[1] % 4; ++i) shape.push_back(sizes[(with[2] >> (2 * i)) % sizes.size()]);
  const hid_t space = shape.empty()
                          ? H5Screate(H5S_SCALAR)
                          : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
  const hid_t dataset = H5Dcreate2(file, name.c_str(), types[with[0] % types.size()], space,
                                   H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  if (dataset >= 0) H5Dclose(dataset);
  H5Sclose(space);
}

void resize(hid_t file, const std::string& name, const std::uint8_t* with) {
  const hid_t object = H5Dopen2(file, name.c_str(), H5P_DEFAULT);
  if (object < 0) return;
  const std::array<hsize_t, 4> shape = {with[0], with[1], with[2], 1};
  H5Dset_extent(object, shape.data());
  H5Dclose(object);
}

template <class T>
const T& chosen(const std::vector<T>& from, const std::uint8_t* by) {
  return from[(by[0] * 256U + by[1]) % from.size()];
}

}  // namespace

OriginalFile read_original(const std::filesystem::path& path) {
  OriginalFile original;
  std::ifstream file(path, std::ios::binary);
  original.bytes.assign(std::istreambuf_iterator<char>(file), {});
  const hid_t root = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  H5Ovisit2(root, H5_INDEX_NAME, H5_ITER_INC, note_object, &original, H5O_INFO_BASIC);
  H5Fclose(root);
  return original;
}

void edit_file(hid_t file, const OriginalFile& original, const std::uint8_t* edit) {
  const std::uint8_t* which = edit + 1;
  const std::uint8_t* with = edit + 3;
  switch (edit[0] % 8) {
    case 0:
      H5Ldelete(file, chosen(original.links, which).c_str(), H5P_DEFAULT);
      return;
    case 1: {
      const auto& [owner, name] = chosen(original.attributes, which);
      H5Adelete_by_name(file, owner.c_str(), name.c_str(), H5P_DEFAULT);
      return;
    }
    case 2:
    case 3:
      return put_into_dataset(file, chosen(original.datasets, which), with);
    case 4:
      return put_into_attribute(file, chosen(original.attributes, which), with);
    case 5:
      return put_dataset(file, chosen(original.links, which), with);
    case 6:
      return resize(file, chosen(original.datasets, which), with);
    default: {  // one thing has two names, a group perhaps that of one within it
      const std::string& name = chosen(original.links, which);
      H5Ldelete(file, name.c_str(), H5P_DEFAULT);
      H5Lcreate_hard(file, chosen(original.links, with).c_str(), file, name.c_str(), H5P_DEFAULT,
                     H5P_DEFAULT);
    }
  }
}

}  // namespace truce::fuzz
