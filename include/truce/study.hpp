#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "truce/export.hpp"

namespace truce {

struct StudyOptions {
  unsigned threads = 0;  ///< 0: as many as the machine has
  bool replace = false;  ///< an output that is there already
  /// Called several times per second, in the calling thread, with the points done and planned;
  /// false stops the study. May be empty.
  std::function<bool(std::size_t done, std::size_t planned)> progress;
};

struct StudyReport {
  std::size_t points = 0;
  std::uint64_t trials = 0;
  std::uint64_t failed = 0;  ///< of the trials
  bool stopped = false;      ///< by `progress`: the same call goes on from there
};

/// Runs a study's file into a file of results, the one that `truce study` writes, byte for byte.
/// Finished parts are kept beside the output until it is whole, so that a study can be stopped and
/// goes on where it was. Throws Error with all that is wrong, before any work.
TRUCE_API StudyReport run_study(const std::filesystem::path& study,
                                const std::filesystem::path& output,
                                const StudyOptions& options = {});

}  // namespace truce
