#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "cli/earlier.hpp"
#include "cli/exit_code.hpp"
#include "cli/run_screen.hpp"
#include "results/output_lock.hpp"
#include "study/run_file.hpp"

namespace truce::cli {

/// Where the results go.
struct Output {
  std::filesystem::path path;
  Earlier earlier;  ///< what was there
  std::unique_ptr<results::OutputLock> lock = {};
};

/// A run, or a shard of one, that is to become a file.
struct RunWork {
  const RunOptions& options;
  study::RunFile& file;
  results::TrialRange trials;
  Output output = {};
};

/// Looks at the output and locks it. Where there is nothing to run, or it is refused, that is told,
/// and the exit code returned. Throws ResultsError where it cannot be written.
std::optional<ExitCode> open_output(RunWork& work);

}  // namespace truce::cli
