#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "cli/exit_code.hpp"
#include "cli/shard_option.hpp"
#include "results/output_lock.hpp"
#include "study/plan.hpp"
#include "study/ranks.hpp"
#include "study/share.hpp"

namespace truce::cli {

struct StudyOptions {
  std::string study;
  std::string output;
  std::string shard = whole_shard;
  unsigned threads = 0;
  std::optional<std::uint64_t> keep;
  bool force = false;
  bool extend = false;
  bool quiet = false;
  bool json = false;
};

/// A study, or a shard of it, that is to become a file.
struct StudyWork {
  const StudyOptions& options;
  const study::Plan& plan;
  study::Share share;
  fs::path output;
  std::unique_ptr<results::OutputLock> lock;
  study::Ranks* ranks;  ///< null where there is one process
};

/// Judges what is at the output and locks it; gives an exit code where nothing is left to do, or
/// can be done. Throws ResultsError where it cannot be written.
std::optional<ExitCode> open_output(StudyWork& work);

}  // namespace truce::cli
