#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "results/run_writer.hpp"
#include "results/study_schema.hpp"

namespace truce::cli {

/// What an output that is there already holds, against what is asked for.
struct Earlier {
  bool exists = false;
  std::string difference;  ///< why it is not the same, e.g. "the seed"; empty where it is
  std::uint64_t trials = 0;
  std::uint64_t failed = 0;  ///< of them
  bool whole = true;         ///< nothing is missing: it need not be done again

  [[nodiscard]] bool same() const { return difference.empty(); }
};

/// Of a run's file.
/// `trials` are those of the run, or of its shard.
Earlier earlier_run(const std::filesystem::path& file, const results::Schema& asked,
                    const results::TrialRange& trials);
/// Of a study's, or a shard's; `asked.contained` are its points.
Earlier earlier_study(const std::filesystem::path& file, const results::StudySchema& asked);

/// Why an output that is not the same may not be written.
std::string refusal_of(const std::filesystem::path& file, const Earlier& earlier);

}  // namespace truce::cli
