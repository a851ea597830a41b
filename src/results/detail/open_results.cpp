#include "results/detail/open_results.hpp"

#include <unistd.h>

#include <algorithm>

#include "results/detail/apart.hpp"
#include "results/seal.hpp"

namespace truce::results {

namespace {

/// Honest files are read at some tens of megabytes a second, and may need much memory for one
/// column; what needs half of the machine's is refused.
Limits limits_of(const std::filesystem::path& path) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  const auto pages = static_cast<std::uint64_t>(::sysconf(_SC_PHYS_PAGES));
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return {.seconds = 60 + (error ? 0 : size / 200'000),
          .bytes = std::max<std::uint64_t>(pages * page / 2, std::uint64_t{1} << 30U)};
}

}  // namespace

void examine(const std::filesystem::path& path, const std::function<void()>& read_all) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    throw ResultsError(path, error ? error.message() : "does not exist");
  }
  if (!std::filesystem::is_regular_file(status)) throw ResultsError(path, "is no file");
  const Seal seal = seal_of(path);
  if (seal == Seal::intact) return;
  const hdf5::Quiet quiet;
  const auto answer = H5Fis_hdf5(path.c_str());
  if (answer == 0) throw ResultsError(path, "is no HDF5 file");
  if (answer < 0) throw ResultsError(path, "cannot be read, or is no HDF5 file");
  if (seal == Seal::broken) require_seal(path);
  do_apart(path, limits_of(path), read_all);
}

}  // namespace truce::results
