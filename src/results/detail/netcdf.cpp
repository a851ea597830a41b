#include "results/detail/netcdf.hpp"

#include <hdf5_hl.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <type_traits>

#include "results/detail/common_axis.hpp"
#include "results/detail/compression.hpp"
#include "results/file_table.hpp"
#include "results/quantiles.hpp"

namespace truce::results::netcdf {

namespace {

using hdf5::checked;
using hdf5::Handle;
using hdf5::own;

/// Chunks of at most `chunk_values` in all, that run along the last axes.
std::vector<hsize_t> chunk_of(const std::vector<hsize_t>& limits) {
  std::vector<hsize_t> chunk(limits.size());
  hsize_t room = chunk_values;
  for (std::size_t i = limits.size(); i-- > 0;) {
    chunk[i] = std::max(hsize_t{1}, std::min(limits[i], room));
    room /= chunk[i];
  }
  return chunk;
}

Handle creation_plan(const std::vector<hsize_t>& sizes, const std::vector<hsize_t>& limits,
                     Filters filters) {
  Handle plan = own("plan a variable", H5Pclose, [] { return H5Pcreate(H5P_DATASET_CREATE); });
  const auto set = [](auto&& call) { checked("plan a variable", call); };
  set([&] { return H5Pset_obj_track_times(plan.id(), false); });
  // Small ones are not worth a chunk's index.
  const hsize_t size = std::accumulate(sizes.begin(), sizes.end(), hsize_t{1}, std::multiplies<>());
  if (sizes == limits && size <= 1024) return plan;
  const std::vector<hsize_t> chunk = chunk_of(limits);
  set([&] { return H5Pset_chunk(plan.id(), static_cast<int>(chunk.size()), chunk.data()); });
  if (filters == Filters::none) return plan;
  // The library's own calls for these let a chunk pass as it is where memory is short: equal runs
  // would have other bytes.
  const auto filter = [&](H5Z_filter_t which, std::span<const unsigned> values) {
    set([&] {
      return H5Pset_filter(plan.id(), which, H5Z_FLAG_MANDATORY, values.size(), values.data());
    });
  };
  filter(H5Z_FILTER_SHUFFLE, {});
  filter(H5Z_FILTER_DEFLATE, {{compression_level}});
  return plan;
}

/// No cache: chunks are written whole, so each is compressed once, and at once.
hid_t access_plan() {
  static const hid_t made = [] {
    const hid_t plan = checked("plan a variable", [] { return H5Pcreate(H5P_DATASET_ACCESS); });
    checked("plan a variable", [&] { return H5Pset_chunk_cache(plan, 0, 0, 1.0); });
    return plan;
  }();
  return made;
}

}  // namespace

template <class T>
Handle Group::create(const std::string& name, const std::vector<hsize_t>& sizes,
                     const std::vector<hsize_t>& limits, const T* fill) const {
  // Of texts a chunk holds references only, and netCDF-4 refuses to copy them with filters.
  const auto filters = std::is_same_v<T, std::string> ? Filters::none : Filters::compression;
  const auto dataset = [&](hid_t plan) {
    const Handle space = hdf5::space_of(sizes, limits);
    return own("create variable " + name, H5Dclose, [&] {
      return H5Dcreate2(id(), name.c_str(), hdf5::file_type<T>(), space.id(), H5P_DEFAULT, plan,
                        access_plan());
    });
  };
  if constexpr (!std::is_same_v<T, std::string>) {
    if (fill != nullptr) {
      const Handle plan = creation_plan(sizes, limits, filters);
      checked("plan a variable",
              [&] { return H5Pset_fill_value(plan.id(), hdf5::memory_type<T>(), fill); });
      return dataset(plan.id());
    }
  }
  // Mostly it is as the one before.
  if (last_.sizes != sizes || last_.limits != limits || last_.filters != filters || !last_.made) {
    last_ = {sizes, limits, filters, creation_plan(sizes, limits, filters), true};
  }
  return dataset(last_.plan.id());
}

void Group::make_scale(const std::string& dimension, const Variable& variable, hsize_t size,
                       hsize_t limit) {
  checked("make dimension " + dimension,
          [&] { return H5DSset_scale(variable.id(), dimension.c_str()); });
  Handle scale = own("open dimension " + dimension, H5Dclose,
                     [&] { return H5Dopen2(id(), dimension.c_str(), H5P_DEFAULT); });
  dimensions_.insert_or_assign(dimension, Dimension{std::move(scale), size, limit});
}

template <class T>
Variable Group::coordinate(const std::string& dimension, std::span<const T> values, hsize_t limit) {
  const hsize_t size = values.size();
  limit = std::max(size, limit);
  Variable result(create<T>(dimension, {size}, {limit}));
  make_scale(dimension, result, size, limit);
  result.write(values);
  return result;
}

template <class T>
Variable Group::growing_coordinate(const std::string& dimension, hsize_t limit) {
  Variable result(create<T>(dimension, {0}, {limit}));
  make_scale(dimension, result, 0, limit);
  return result;
}

template <class T>
Variable Group::variable(const std::string& name,
                         const std::vector<std::string>& dimensions) const {
  return make_variable<T>(name, dimensions, nullptr);
}

template <class T>
Variable Group::variable_filled_with(T fill, const std::string& name,
                                     const std::vector<std::string>& dimensions) const {
  return make_variable<T>(name, dimensions, &fill);
}

hsize_t Group::rows_per_chunk(const std::vector<std::string>& dimensions) const {
  std::vector<hsize_t> limits;
  for (const std::string& dimension : dimensions) limits.push_back(dimensions_.at(dimension).limit);
  return chunk_of(limits).front();
}

hsize_t Group::row_size(const std::vector<std::string>& dimensions) const {
  hsize_t size = 1;
  for (std::size_t i = 1; i < dimensions.size(); ++i) size *= dimensions_.at(dimensions[i]).size;
  return size;
}

template <class T>
Variable Group::without_axes(const std::string& name, const std::vector<std::string>& dimensions,
                             const T* fill) const {
  std::vector<hsize_t> sizes;
  std::vector<hsize_t> limits;
  for (const std::string& dimension : dimensions) {
    sizes.push_back(dimensions_.at(dimension).size);
    limits.push_back(dimensions_.at(dimension).limit);
  }
  Variable result(create<T>(name, sizes, limits, fill));
  if constexpr (std::is_same_v<T, double>) {
    result.attribute(fill_value, std::numeric_limits<double>::quiet_NaN());
  }
  return result;
}

template <class T>
Variable Group::make_variable(const std::string& name, const std::vector<std::string>& dimensions,
                              const T* fill) const {
  Variable result = without_axes(name, dimensions, fill);
  for (unsigned axis = 0; axis < dimensions.size(); ++axis) {
    const hid_t scale = dimensions_.at(dimensions[axis]).scale.id();
    checked("name the axes of " + name, [&] { return H5DSattach_scale(result.id(), scale, axis); });
  }
  return result;
}

template <class T>
Variable Group::variable_to_name(const std::string& name, const std::string& dimension) const {
  return without_axes<T>(name, {dimension}, nullptr);
}

void Group::name_all(const std::string& dimension, std::span<const Variable> variables) const {
  std::vector<hid_t> datasets;
  for (const Variable& variable : variables) datasets.push_back(variable.id());
  name_common_axis(dimensions_.at(dimension).scale.id(), datasets);
}

void add_days(Group& group, std::size_t days) {
  std::vector<std::int32_t> values(days);
  std::iota(values.begin(), values.end(), 0);
  // Not "days", which readers would turn into durations of nanoseconds.
  group.coordinate<std::int32_t>("day", values).attribute("units", "day");
}

void add_quantiles(Group& group) {
  const Quantiles values = quantile_probabilities();
  group.coordinate<double>("quantile", values);
}

#define TRUCE_INSTANTIATE(T)                                                                  \
  template Variable Group::variable_filled_with(T, const std::string&,                        \
                                                const std::vector<std::string>&) const;       \
  template Variable Group::coordinate(const std::string&, std::span<const T>, hsize_t);       \
  template Variable Group::growing_coordinate<T>(const std::string&, hsize_t);                \
  template Variable Group::variable_to_name<T>(const std::string&, const std::string&) const; \
  template Variable Group::variable<T>(const std::string&, const std::vector<std::string>&) const;
TRUCE_INSTANTIATE(double)
TRUCE_INSTANTIATE(std::int8_t)
TRUCE_INSTANTIATE(std::int32_t)
TRUCE_INSTANTIATE(std::int64_t)
TRUCE_INSTANTIATE(std::string)
#undef TRUCE_INSTANTIATE

}  // namespace truce::results::netcdf
