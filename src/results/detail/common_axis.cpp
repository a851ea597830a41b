#include "results/detail/common_axis.hpp"

#include <hdf5_hl.h>

#include <vector>

namespace truce::results::netcdf {

namespace {

using hdf5::checked;
using hdf5::Handle;
using hdf5::own;

constexpr auto doing = "name a common axis";

hobj_ref_t reference_to(hid_t object) {
  hobj_ref_t reference{};
  checked(doing, [&] { return H5Rcreate(&reference, object, ".", H5R_OBJECT, -1); });
  return reference;
}

void write(hid_t object, const char* name, hid_t type, const Handle& space, const void* values) {
  const Handle attribute = own(doing, H5Aclose, [&] {
    return H5Acreate2(object, name, type, space.id(), H5P_DEFAULT, H5P_DEFAULT);
  });
  checked(doing, [&] { return H5Awrite(attribute.id(), type, values); });
}

Handle space_of(hsize_t size) {
  return own(doing, H5Sclose, [&] { return H5Screate_simple(1, &size, nullptr); });
}

}  // namespace

void name_common_axis(hid_t scale, std::span<const hid_t> datasets) {
  struct User {
    hobj_ref_t dataset;
    int dimension;
  };
  if (datasets.empty()) return;
  const Handle scales = own(doing, H5Tclose, [] { return H5Tvlen_create(H5T_STD_REF_OBJ); });
  const Handle one = space_of(1);
  hobj_ref_t of_scale = reference_to(scale);
  const hvl_t only{1, &of_scale};
  std::vector<User> users;
  for (const hid_t dataset : datasets) {
    write(dataset, DIMENSION_LIST, scales.id(), one, &only);
    users.push_back({reference_to(dataset), 0});
  }
  const Handle user = own(doing, H5Tclose, [] { return H5Tcreate(H5T_COMPOUND, sizeof(User)); });
  checked(doing,
          [&] { return H5Tinsert(user.id(), "dataset", HOFFSET(User, dataset), H5T_STD_REF_OBJ); });
  checked(doing, [&] {
    return H5Tinsert(user.id(), "dimension", HOFFSET(User, dimension), H5T_NATIVE_INT);
  });
  write(scale, REFERENCE_LIST, user.id(), space_of(users.size()), users.data());
}

}  // namespace truce::results::netcdf
