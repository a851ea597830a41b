#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "results/run_writer.hpp"
#include "results/schema.hpp"

namespace truce::results {

/// What keeps files with these schemas from being of one run, e.g. "the seed"; empty where nothing
/// does.
std::string difference(const Schema& a, const Schema& b);

/// The file of a part of a run: of a shard, or of what was finished of one.
struct RunPart {
  std::filesystem::path path;
  Schema schema;
  TrialRange trials;  ///< that it has
  Completion completion = Completion::shard;
};

/// Looks at such a file. Throws ResultsError where it is not sealed, or is none that can be joined.
RunPart read_part(const std::filesystem::path& path);

/// Joins shards of one run, in any order, into its file, which is byte-equal to that of the whole
/// run. Throws ResultsError where they are of different runs, overlap, or leave trials out.
void join_runs(const std::filesystem::path& path, const std::vector<std::filesystem::path>& shards,
               OverwritePolicy policy);

}  // namespace truce::results
