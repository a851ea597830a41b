#pragma once

#include <filesystem>

#include "results/detail/hdf5.hpp"

namespace truce::results::hdf5 {

/// An error of which the cause is what the disk has answered, or that there is no memory.
class MachineError : public Error {
 public:
  using Error::Error;
};

/// The name of the function by which a driver says that it is the cause.
inline constexpr const char* the_disk = "the disk";

/// Opens an HDF5 file for reading, on a driver whose files are always closed well: after an error
/// in closing, the library (1.10) crashes when the process ends. Throws Error.
Handle open_disk_file(const std::filesystem::path& path);

}  // namespace truce::results::hdf5
