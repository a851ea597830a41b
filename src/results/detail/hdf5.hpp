#pragma once

#include <hdf5.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The HDF5 library with owned handles and checked calls.
namespace truce::results::hdf5 {

/// A call that failed: what was being done, and why as far as the library tells. Names no file.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// While it lives the library prints no error messages of its own, to this thread. Calls of which
/// each is quiet cost less within one that lives longer.
class Quiet {
 public:
  Quiet();
  ~Quiet();
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  H5E_auto2_t printer_ = nullptr;
  void* data_ = nullptr;
};

/// Throws what the library's error stack says.
[[noreturn]] void fail(std::string_view doing);

/// The library crashes at some places where it finds no memory, so there must be what most of its
/// calls take. Throws std::bad_alloc.
void require_memory();

/// Result of a call to the library, which must not be negative; throws Error otherwise.
template <class Call>
auto checked(std::string_view doing, Call&& call) {
  require_memory();
  const Quiet quiet;
  const auto result = std::forward<Call>(call)();
  if (result < 0) fail(doing);
  return result;
}

/// An owned identifier.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);

  Handle() = default;
  Handle(hid_t id, Close closer) : id_(id), close_(closer) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Handle();

  [[nodiscard]] hid_t id() const { return id_; }
  /// Closes now, checked; for files, where closing is writing.
  void close(std::string_view doing);

 private:
  hid_t id_ = -1;
  Close close_ = nullptr;
};

/// An owned identifier from a call that returns one.
template <class Call>
Handle own(std::string_view doing, Handle::Close closer, Call&& call) {
  return {checked(doing, std::forward<Call>(call)), closer};
}

/// A data space of these sizes, which may grow to the limits; without any, that of one value.
Handle space_of(const std::vector<hsize_t>& sizes, const std::vector<hsize_t>& limits);

/// Types of values, in memory and in the file; T is double, int8, int32, int64, uint64 or string.
/// Numbers are little-endian in the file, strings UTF-8 of variable length. Not to be closed.
template <class T>
hid_t memory_type();
template <class T>
hid_t file_type();
/// How values of T are transferred. Texts are converted, by default through two buffers of a
/// megabyte that are cleared at each call.
template <class T>
hid_t transfer_plan() {
  return H5P_DEFAULT;
}
template <>
hid_t transfer_plan<std::string>();

/// A group that keeps the order in which its members were made, and no times.
Handle create_group(hid_t parent, const std::string& name);

/// An attribute of one value, or of a list for a vector. Text is made valid UTF-8 first.
template <class T>
void write_attribute(hid_t object, const std::string& name, const T& value);
template <>
void write_attribute(hid_t object, const std::string& name, const std::string& value);
template <>
void write_attribute(hid_t object, const std::string& name, const std::vector<std::int8_t>& values);

}  // namespace truce::results::hdf5
