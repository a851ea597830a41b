#include "results/join_runs.hpp"

#include <fmt/format.h>

#include "results/detail/trial_parts.hpp"
#include "results/run_reader.hpp"
#include "results/seal.hpp"
#include "results/study_writer.hpp"

namespace truce::results {

std::string difference(const Schema& a, const Schema& b) {
  std::string shared = difference(StudySchema{.common = a}, StudySchema{.common = b});
  if (!shared.empty()) return shared;
  if (a.parameters != b.parameters) return "a parameter";
  if (a.trials != b.trials) return "the number of trials";
  if (a.command_line != b.command_line) return "the command";  // --uncertain, --chronicle, ...
  return {};
}

RunPart read_part(const std::filesystem::path& path) {
  require_seal(path);
  const RunReader reader(path);
  const RunSummary& run = reader.summary();
  if (run.completion == Completion::complete || run.completion == Completion::precise) {
    throw ResultsError(path, "is of a whole run, and nothing to join");
  }
  RunPart part{path, run.schema, {run.first, run.first + run.trials}, run.completion};
  part.schema.controls = reader.controls();
  return part;
}

void join_runs(const std::filesystem::path& path, const std::vector<std::filesystem::path>& shards,
               OverwritePolicy policy) {
  if (shards.empty()) throw ResultsError(path, "there is nothing to join");
  std::vector<RunPart> parts;
  for (const auto& shard : shards) parts.push_back(read_part(shard));
  for (const RunPart& part : parts) {
    if (const std::string what = difference(parts.front().schema, part.schema); !what.empty()) {
      throw ResultsError(part.path, fmt::format("does not belong to {}: {} differs",
                                                parts.front().path.string(), what));
    }
  }
  std::vector<TrialPart> in_order;
  for (const RunPart& part : parts) in_order.push_back({part.path, part.trials, part.completion});
  order_parts(in_order, parts.front().schema.trials, path);
  RunWriter joined(path, parts.front().schema, policy);
  for (const TrialPart& part : in_order) joined.join(part.path);
  joined.finish(Completion::complete);
}

}  // namespace truce::results
