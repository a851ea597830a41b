#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "cli/earlier.hpp"
#include "cli/exit_code.hpp"
#include "cli/interrupt.hpp"
#include "cli/scenario_options.hpp"
#include "cli/shard_option.hpp"
#include "study/run_file.hpp"

namespace truce::cli {

struct RunOptions {
  ScenarioOptions scenario;
  std::string output;
  std::uint64_t trials = 10'000;
  unsigned threads = 0;
  std::string shard = whole_shard;
  std::uint64_t part_seconds = 60;
  std::string precision;
  std::uint64_t at_most = 10'000'000;
  std::uint64_t chronicle = 0;
  std::optional<std::uint64_t> keep;
  bool force = false;
  bool quiet = false;
  bool all = false;
  bool json = false;
};

/// Runs the trials into the file, with a line of progress.
study::RunFileReport run_with_progress(const RunOptions& options, study::RunFile& file,
                                       const InterruptGuard& interrupt);
/// Tells what the file holds, and how long it took.
void tell_run(const RunOptions& options, const study::RunReport& report,
              const std::filesystem::path& output);
/// Tells of trials that failed, if any did.
void tell_failures(const RunOptions& options, const study::RunReport& report);
/// Tells what became of a run that was stopped.
ExitCode tell_interrupted(const study::RunFile& file, const study::RunFileReport& report,
                          const std::filesystem::path& output, const Earlier& earlier);

}  // namespace truce::cli
