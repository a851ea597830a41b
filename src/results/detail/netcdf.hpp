#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "results/detail/hdf5.hpp"
#include "results/schema.hpp"

/// Writes HDF5 groups that are netCDF-4 groups too: every axis of every variable has a dimension
/// scale of the same group, so that readers know the names of axes and the values along them.
namespace truce::results::netcdf {

/// Values per chunk of what is compressed.
inline constexpr hsize_t chunk_values = rows_per_chunk;

/// A dataset, shared by its copies. Closed before its file is.
class Variable {
 public:
  explicit Variable(hdf5::Handle dataset)
      : dataset_(std::make_shared<const hdf5::Handle>(std::move(dataset))) {}

  template <class T>
  void attribute(const std::string& name, const T& value) const {
    hdf5::write_attribute(id(), name, value);
  }
  void attribute(const std::string& name, const char* value) const {
    attribute(name, std::string(value));
  }
  /// All values, in C order.
  template <class T>
  void write(std::span<const T> values) const;
  /// Of a growing one with one axis: puts values behind those that it has.
  template <class T>
  void append(std::span<const T> values);
  /// The same for `values` values that are compressed already, where a chunk begins, as a whole
  /// chunk of the file: only the last one holds fewer values.
  void append_chunk(std::span<const std::uint8_t> chunk, std::size_t values);
  /// Of one whose first axis has a fixed size: the rows from the first on, all of `length` values
  /// along the last axis, which grows where it is shorter; the other axes are whole.
  template <class T>
  void write_rows(hsize_t first, hsize_t rows, hsize_t length, std::span<const T> values);
  /// Lengthens the last axis to this size.
  void grow_last_axis(hsize_t size);
  /// Reads a chunk back as it was written, by the number of its first value.
  [[nodiscard]] std::vector<std::uint8_t> read_chunk(std::uint64_t first) const;

  [[nodiscard]] hid_t id() const { return dataset_->id(); }

 private:
  std::shared_ptr<const hdf5::Handle> dataset_;
  hsize_t size_ = 0;  ///< of a growing one
};

/// Reads a chunk of a dataset with one axis as it is stored, by the number of its first value.
std::vector<std::uint8_t> read_chunk(hid_t dataset, std::uint64_t first);

enum class Filters : std::uint8_t { none, compression };

class Group {
 public:
  Group(hid_t parent, const std::string& name) : group_(hdf5::create_group(parent, name)) {}

  [[nodiscard]] hid_t id() const { return group_.id(); }
  template <class T>
  void attribute(const std::string& name, const T& value) const {
    hdf5::write_attribute(group_.id(), name, value);
  }

  /// Makes a dimension with values along it, T; chunks are those of `limit` values where it is
  /// more.
  template <class T>
  Variable coordinate(const std::string& dimension, std::span<const T> values, hsize_t limit = 0);
  /// Makes a dimension that begins empty and grows to at most `limit`, or without one.
  template <class T>
  Variable growing_coordinate(const std::string& dimension, hsize_t limit = H5S_UNLIMITED);

  /// Makes a variable on dimensions of this group, or a scalar one.
  template <class T>
  [[nodiscard]] Variable variable(const std::string& name,
                                  const std::vector<std::string>& dimensions) const;
  /// Variables on this dimension alone, of which there are many: made without it, then given it at
  /// once.
  template <class T>
  [[nodiscard]] Variable variable_to_name(const std::string& name,
                                          const std::string& dimension) const;
  void name_all(const std::string& dimension, std::span<const Variable> variables) const;
  /// The same, where what is never written reads as `fill`.
  template <class T>
  [[nodiscard]] Variable variable_filled_with(T fill, const std::string& name,
                                              const std::vector<std::string>& dimensions) const;
  /// Rows of a variable on these dimensions that make whole chunks.
  [[nodiscard]] hsize_t rows_per_chunk(const std::vector<std::string>& dimensions) const;
  /// Values in a row of a variable on these dimensions.
  [[nodiscard]] hsize_t row_size(const std::vector<std::string>& dimensions) const;
  template <class T>
  Variable variable(const std::string& name, const std::vector<std::string>& dimensions,
                    std::span<const T> values) const {
    Variable result = variable<T>(name, dimensions);
    result.write(values);
    return result;
  }
  void text(const std::string& name, const std::string& value) const {
    variable<std::string>(name, {}, std::span(&value, 1));
  }

 private:
  struct Dimension {
    hdf5::Handle scale;
    hsize_t size;
    hsize_t limit;
  };

  template <class T>
  [[nodiscard]] hdf5::Handle create(const std::string& name, const std::vector<hsize_t>& sizes,
                                    const std::vector<hsize_t>& limits,
                                    const T* fill = nullptr) const;
  template <class T>
  [[nodiscard]] Variable without_axes(const std::string& name,
                                      const std::vector<std::string>& dimensions,
                                      const T* fill) const;
  template <class T>
  [[nodiscard]] Variable make_variable(const std::string& name,
                                       const std::vector<std::string>& dimensions,
                                       const T* fill) const;
  void make_scale(const std::string& dimension, const Variable& variable, hsize_t size,
                  hsize_t limit);

  struct Plan {
    std::vector<hsize_t> sizes, limits;
    Filters filters{};
    hdf5::Handle plan;
    bool made = false;
  };

  hdf5::Handle group_;
  std::map<std::string, Dimension> dimensions_;
  mutable Plan last_;  ///< of the last variable made, without a fill value
};

/// The dimension `day`: 0, 1, ..., days - 1.
void add_days(Group& group, std::size_t days);
/// The dimension `quantile`: the stored quantiles' probabilities.
void add_quantiles(Group& group);

}  // namespace truce::results::netcdf
