#pragma once

#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "results/detail/hdf5_read.hpp"
#include "results/detail/netcdf.hpp"
#include "results/quantiles.hpp"

namespace truce::results {

/// Where an item keeps what a field holds: a number, a count (int64 in the file), a yes/no (int8),
/// or a row of numbers.
template <class Item>
using Member = std::variant<double& (*)(Item&), std::uint64_t& (*)(Item&), bool& (*)(Item&),
                            Quantiles& (*)(Item&), std::vector<double>& (*)(Item&)>;

/// A variable of the file that holds one thing of every item of a list: of outcomes, of endings.
/// One row of a table serves the files of runs and of studies, to write and to read.
template <class Item>
struct Field {
  const char* name;
  Member<Item> of;
  const char* inner = nullptr;  ///< axis of a row of numbers
  const char* since = nullptr;  ///< version of the format that brought it; the first one: none
  const char* when = nullptr;   ///< files have it; all: none
};

using FieldValues =
    std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::int8_t>>;

namespace detail {

template <class T>
auto stored_as() {
  if constexpr (std::is_same_v<T, std::uint64_t>) {
    return std::int64_t{};
  } else if constexpr (std::is_same_v<T, bool>) {
    return std::int8_t{};
  } else {
    return double{};
  }
}

}  // namespace detail

/// How a member of type T is stored.
template <class T>
using Stored = decltype(detail::stored_as<T>());

/// What the file holds of the items, one behind the other.
template <class Item>
FieldValues values_of(const Field<Item>& field, std::span<Item> items) {
  return std::visit(
      [&]<class T>(T& (*of)(Item&)) -> FieldValues {
        std::vector<Stored<T>> values;
        for (Item& item : items) {
          if constexpr (std::is_arithmetic_v<T>) {
            values.push_back(static_cast<Stored<T>>(of(item)));
          } else {
            values.insert(values.end(), of(item).begin(), of(item).end());
          }
        }
        return values;
      },
      field.of);
}

/// Writes the fields of items along an axis that the group has.
template <class Item>
void write_fields(const netcdf::Group& group, const std::string& axis,
                  std::span<const Field<Item>> fields, std::span<Item> items) {
  for (const Field<Item>& field : fields) {
    std::vector<std::string> axes = {axis};
    if (field.inner != nullptr) axes.emplace_back(field.inner);
    std::visit(
        [&]<class T>(const std::vector<T>& values) { group.variable<T>(field.name, axes, values); },
        values_of(field, items));
  }
}

/// Items of a variable: item i is at `first + i * step` along its axes, which are `shape`.
struct Places {
  std::vector<hsize_t> shape;
  std::size_t first = 0;
  std::size_t step = 1;
};

/// Reads a field of all items; `inner` is the length of its own axis. What is younger than the file
/// is NaN. Throws hdf5::Error for other shapes and types, and for counts below zero.
template <class Item>
void read_field(hid_t group, const Field<Item>& field, std::span<Item> items, const Places& places,
                std::size_t inner = 0) {
  const bool absent = field.since != nullptr && !hdf5::has_member(group, field.name);
  const std::size_t width = field.inner == nullptr ? 1 : inner;
  std::vector<hsize_t> shape = places.shape;
  if (field.inner != nullptr) shape.push_back(inner);
  std::visit(
      [&]<class T>(T& (*of)(Item&)) {
        std::vector<Stored<T>> values;
        if (!absent) values = hdf5::read<Stored<T>>(group, field.name, shape);
        for (std::size_t i = 0; i < items.size(); ++i) {
          const std::size_t place = (places.first + i * places.step) * width;
          T& member = of(items[i]);
          if constexpr (std::is_same_v<T, std::uint64_t>) {
            if (!absent && values[place] < 0) {
              throw hdf5::Error("a number of '" + std::string(field.name) + "' is negative");
            }
            member = absent ? 0 : static_cast<std::uint64_t>(values[place]);
          } else if constexpr (std::is_same_v<T, bool>) {
            member = !absent && values[place] != 0;
          } else if constexpr (std::is_same_v<T, double>) {
            member = absent ? std::numeric_limits<double>::quiet_NaN() : values[place];
          } else {
            if constexpr (std::is_same_v<T, std::vector<double>>) member.resize(width);
            std::ranges::fill(member, std::numeric_limits<double>::quiet_NaN());
            const auto from = values.begin() + static_cast<std::ptrdiff_t>(absent ? 0 : place);
            if (!absent) std::copy_n(from, width, member.begin());
          }
        }
      },
      field.of);
}

}  // namespace truce::results
