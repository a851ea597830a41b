#pragma once

#include <filesystem>

#include "results/detail/hdf5.hpp"

namespace truce::results {

/// The first error number of the disk below a file; 0 while all is well.
struct DiskStatus {
  int error = 0;
};

/// Creates an HDF5 file, which must not exist, on a driver that never reports an error of the disk
/// to the HDF5 library but keeps it in `status`: after a failed write the library (1.10) can
/// neither close the file nor end the process without crashing. What is written after the first
/// error is kept in memory until the file is closed, and lost then. `status` must outlive the file.
/// Throws hdf5::Error.
hdf5::Handle create_disk_file(const std::filesystem::path& path, DiskStatus& status);
/// The same in an open file without a name, of which it keeps a descriptor of its own.
hdf5::Handle create_disk_file(int descriptor, DiskStatus& status);

}  // namespace truce::results
