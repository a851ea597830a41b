#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "results/detail/hdf5_read.hpp"
#include "results/file_table.hpp"

/// Groups that are a flat table: every variable holds something of each item along the same axis.
namespace truce::results {

/// A variable of such a group: a member of every item. One row serves the table of the file, to
/// write and to read.
template <class Item>
struct FlatColumn {
  const char* name;
  std::variant<double Item::*, std::uint64_t Item::*, std::string Item::*> of;
  const char* attribute = nullptr;  ///< its own one; none
  const char* value = nullptr;      ///< of that
};

/// How a member of type T is stored.
template <class T>
using StoredFlat = std::conditional_t<std::is_same_v<T, std::uint64_t>, std::int64_t, T>;

/// The values of a column, moved from a range of items.
template <class T, class Item, class Items>
std::vector<StoredFlat<T>> moved_from(T Item::*member, Items&& items) {
  std::vector<StoredFlat<T>> values;
  for (Item& item : items) {
    values.push_back(static_cast<StoredFlat<T>>(std::move(item.*member)));
  }
  return values;
}

/// Reads all items; there are as many as the first column has. Throws hdf5::Error. Counts below
/// zero are for the caller to look for.
template <class Item>
std::vector<Item> read_flat(hid_t group, std::span<const FlatColumn<Item>> columns) {
  std::vector<Item> items;
  for (const FlatColumn<Item>& column : columns) {
    std::visit(
        [&]<class T>(T Item::*member) {
          const hdf5::Dataset dataset(group, column.name);
          const bool is_first = &column == &columns.front();
          auto values = is_first ? dataset.template read<StoredFlat<T>>()
                                 : dataset.template read<StoredFlat<T>>({items.size()});
          items.resize(values.size());
          for (std::size_t i = 0; i < values.size(); ++i) {
            items[i].*member = static_cast<T>(std::move(values[i]));
          }
        },
        column.of);
  }
  return items;
}

/// Adds the columns to a group of the table of the file.
template <class Item>
void add_flat(FileGroup& group, const std::string& axis,
              std::span<const FlatColumn<Item>> columns) {
  for (const FlatColumn<Item>& column : columns) {
    FileVariable& variable =
        group.variables.emplace_back(FileVariable{.name = column.name, .axes = {axis}});
    variable.type = std::visit(
        []<class T>(T Item::*) {
          if constexpr (std::is_same_v<T, double>) return StoredType::float64;
          return std::is_same_v<T, std::string> ? StoredType::text : StoredType::int64;
        },
        column.of);
    if (column.attribute == nullptr) continue;
    variable.attributes.push_back({column.attribute, StoredType::text, column.value});
  }
}

}  // namespace truce::results
