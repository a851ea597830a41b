#pragma once

#include <filesystem>
#include <functional>
#include <new>
#include <stdexcept>
#include <variant>

#include "results/detail/disk_reading.hpp"
#include "results/error.hpp"

namespace truce::results {

/// To be called before a file of others is opened here. One with its seal is as truce wrote it. Any
/// other, which may have been changed with right or be damaged, is read in a process of its own
/// first, by `read_all`, because the library (HDF5 1.10) crashes on damaged files, or never ends.
/// Throws ResultsError.
void examine(const std::filesystem::path& path, const std::function<void()>& read_all);

/// Does a part of the reading; whatever goes wrong names the file.
template <class Work>
auto guarded(const std::filesystem::path& path, Work&& work) {
  const hdf5::Quiet quiet;
  try {
    return work();
  } catch (const hdf5::MachineError& error) {
    throw ResultsError(path, error.what(), Fault::machine);
  } catch (const hdf5::Error& error) {
    throw ResultsError(path, error.what());
  } catch (const std::bad_alloc&) {
    throw ResultsError(path, "is damaged, or too large for the memory");
  } catch (const std::length_error&) {
    throw ResultsError(path, "is damaged, or too large for the memory");
  } catch (const std::out_of_range&) {
    throw ResultsError(path, "is damaged: its parts do not fit together");
  } catch (const std::bad_variant_access&) {
    throw ResultsError(path, "is damaged: its parts are of unexpected types");
  }
}

}  // namespace truce::results
