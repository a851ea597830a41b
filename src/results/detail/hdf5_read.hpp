#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "results/detail/hdf5.hpp"

/// Reading of files that may hold anything: whatever is not of the expected type and shape is an
/// hdf5::Error that names it.
namespace truce::results::hdf5 {

Handle open_file(const std::filesystem::path& path);
Handle open_group(hid_t parent, const std::string& path);
bool has_member(hid_t group, const std::string& name);
/// Names of the members in the order in which they were made.
std::vector<std::string> members(hid_t group);

/// Scalar attributes; T is double, int8, int32, int64, uint64 or string.
template <class T>
T read_attribute(hid_t object, const std::string& name);
/// Names of the attributes, in alphabetical order.
std::vector<std::string> attributes(hid_t object);
bool has_attribute(hid_t object, const std::string& name);

enum class Kind : std::uint8_t { real, integer, text };

/// A dataset, with what must be known before its values are read.
class Dataset {
 public:
  Dataset(hid_t group, const std::string& name);

  [[nodiscard]] hid_t id() const { return dataset_.id(); }
  [[nodiscard]] Kind kind() const { return kind_; }
  /// Bytes of a value.
  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] const std::vector<hsize_t>& shape() const { return shape_; }

  /// All values, in C order; T as for attributes. Throws Error if they are of another kind.
  template <class T>
  [[nodiscard]] std::vector<T> read() const;
  /// The same, and throws Error if the shape is another one.
  template <class T>
  [[nodiscard]] std::vector<T> read(const std::vector<hsize_t>& shape) const;
  /// Row `row` of the first axis; the first `length` values along the second where it is given.
  template <class T>
  [[nodiscard]] std::vector<T> read_row(hsize_t row, std::optional<hsize_t> length = {}) const;

 private:
  /// Of values in so many rows, columns, ...; throws Error where that is more than is stored.
  [[nodiscard]] std::size_t size_of(const std::vector<hsize_t>& shape) const;

  std::string name_;
  Handle dataset_;
  Kind kind_ = Kind::real;
  std::size_t width_ = 0;
  std::vector<hsize_t> shape_;
};

template <class T>
std::vector<T> read(hid_t group, const std::string& name) {
  return Dataset(group, name).read<T>();
}
template <class T>
std::vector<T> read(hid_t group, const std::string& name, const std::vector<hsize_t>& shape) {
  return Dataset(group, name).read<T>(shape);
}
/// A scalar text.
std::string read_text(hid_t group, const std::string& name);

}  // namespace truce::results::hdf5
