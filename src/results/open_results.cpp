#include "open_results.hpp"

namespace truce::results {

void require_hdf5(const std::filesystem::path& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    throw ResultsError(path, error ? error.message() : "does not exist");
  }
  if (!std::filesystem::is_regular_file(status)) throw ResultsError(path, "is no file");
  const hdf5::Quiet quiet;
  const auto answer = H5Fis_hdf5(path.c_str());
  if (answer == 0) throw ResultsError(path, "is no HDF5 file");
  if (answer < 0) throw ResultsError(path, "cannot be read, or is no HDF5 file");
}

}  // namespace truce::results
