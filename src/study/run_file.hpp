#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "results/join_runs.hpp"
#include "results/run_writer.hpp"
#include "study/run.hpp"

namespace truce::study {

class CommonColumns;
class PrecisionRule;
class Ranks;

/// Trials of shard k of n (k from 1) of a run: an equal share of consecutive ones. Where there are
/// enough, shares end where chunks of the file do, so that they are joined by copying these. Empty
/// where there are fewer trials than shards.
results::TrialRange trials_of_shard(std::uint64_t trials, std::uint32_t k, std::uint32_t n);

/// A run, or a shard of one, that goes into a file.
struct RunFile {
  const model::Model& model;
  results::Schema schema;
  RunSettings settings;
  std::optional<results::TrialRange> shard = {};
  std::filesystem::path output;
  results::OverwritePolicy policy = results::OverwritePolicy::refuse;
  double part_seconds = 60;            ///< after which the next part begins; may be infinite
  PrecisionRule* precision = nullptr;  ///< by which the run stops, if it does so by itself
  Ranks* ranks = nullptr;              ///< processes that run the trials; none: threads of this one
  /// Whether `output` holds what stays until all trials are finished. A run that is stopped goes
  /// into parts then.
  bool output_is_taken = false;
  /// Where the file has other columns than the model, as that of a point of a study: those.
  const CommonColumns* columns = nullptr;
};

struct RunFileListener {
  /// Receives the trials that threads of this process run, in order, as Listener does. May be
  /// empty.
  std::function<void(const results::Block&)> block = {};
  /// Called several times per second from the calling thread. May be empty.
  std::function<void(const Progress&)> progress = {};
};

struct RunFileReport {
  RunReport run;              ///< of the trials run now
  std::uint64_t earlier = 0;  ///< trials that were there from an attempt before
  /// The file; where parts are kept in its place, since it was interrupted, nothing.
  std::filesystem::path output;
};

/// Runs the trials that are not there yet, until there are all or `precision` has enough, and makes
/// the file, which is byte-equal to that of an uninterrupted run of one process. Throws
/// ResultsError: before any work, where the output cannot be written.
RunFileReport run_to_file(const RunFile& file, const RunFileListener& listener,
                          const std::atomic<bool>& stop);

/// Runs these trials in parts, which stay in `parts_folder`, and adds what came of it to `done`.
void run_parts(const RunFile& file, const std::vector<results::TrialRange>& missing,
               RunReport& done, const RunFileListener& listener, const std::atomic<bool>& stop);

/// Runs a part alone, into a file in `parts_folder`, and tells what came of it.
RunReport run_part(const RunFile& file, const results::TrialRange& trials,
                   const RunFileListener& listener, const std::atomic<bool>& stop);

/// On a rank that is not 0: runs the parts that rank 0 asks for.
void serve(const RunFile& file, Ranks& ranks, const std::atomic<bool>& stop);

}  // namespace truce::study
