#pragma once

#include <filesystem>
#include <new>
#include <stdexcept>

#include "hdf5.hpp"
#include "truce/results/error.hpp"

namespace truce::results {

/// Says of a file that HDF5 does not open what is the matter with it.
void require_hdf5(const std::filesystem::path& path);

/// Does a part of the reading; whatever goes wrong names the file.
template <class Work>
auto guarded(const std::filesystem::path& path, Work&& work) {
  const hdf5::Quiet quiet;
  try {
    return work();
  } catch (const hdf5::Error& error) {
    throw ResultsError(path, error.what());
  } catch (const std::bad_alloc&) {
    throw ResultsError(path, "is damaged, or too large for the memory");
  } catch (const std::length_error&) {
    throw ResultsError(path, "is damaged, or too large for the memory");
  }
}

}  // namespace truce::results
