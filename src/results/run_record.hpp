#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>

#include "results/error.hpp"

namespace truce::results {

/// What differs between equal runs, and so is not in their files.
struct RunRecord {
  std::chrono::system_clock::time_point started;
  unsigned threads = 1;
  double seconds = 0;
  std::uint64_t trials = 0;
  std::uint64_t events = 0;
};

/// The side file of a results file: NAME.run.json for NAME.h5 (or .hdf5, .nc); other endings stay
/// in the name.
std::filesystem::path run_record_path(const std::filesystem::path& results_file);

/// Writes the side file of a results file, with the host's name and the speed; replaces an old one.
/// Throws ResultsError.
void write_run_record(const std::filesystem::path& results_file, const RunRecord& record);

}  // namespace truce::results
