#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cli/interrupt.hpp"
#include "cli/output_file.hpp"
#include "cli/refusal.hpp"
#include "cli/verbs.hpp"
#include "cli/written.hpp"
#include "results/join_runs.hpp"
#include "results/output_lock.hpp"
#include "results/run_reader.hpp"
#include "results/study_reader.hpp"
#include "results/study_writer.hpp"

namespace truce::cli {

namespace {

/// Throws ResultsError where a shard is given twice, or is the output: shards stay as they are.
void check_names(const std::filesystem::path& output,
                 const std::vector<std::filesystem::path>& shards) {
  std::set<std::filesystem::path> met;
  for (const std::filesystem::path& shard : shards) {
    std::error_code missing;
    if (std::filesystem::equivalent(output, shard, missing)) {
      throw results::ResultsError(output, "is one of the shards; give another output");
    }
    if (!met.insert(std::filesystem::weakly_canonical(shard, missing)).second) {
      throw results::ResultsError(shard, "is given twice");
    }
  }
}

}  // namespace

void add_join(CLI::App& app, ExitCode& exit) {
  struct Options {
    std::string output;
    std::vector<std::string> shards;
    bool force = false;
    Telling telling;
  };
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("join", "join the shards of a run or a study into one file");
  verb->add_option("output", options->output, "file to write")->required();
  verb->add_option("shard", options->shards, "files of truce run or study with --shard K/N")
      ->required();
  verb->add_flag("--force", options->force, "overwrite an existing output");
  verb->add_flag("--json", options->telling.json, "tell for machines what was written");
  verb->footer("Example: truce join results/monitoring.h5 results/monitoring.shard-*.h5");
  verb->callback([options, &exit] {
    run_or_refuse(
        [&] {
          const InterruptGuard interrupt(OnSignal::give_up);
          const std::vector<std::filesystem::path> shards(options->shards.begin(),
                                                          options->shards.end());
          const auto output = output_file(options->output, {});
          check_names(output, shards);
          const results::OutputLock lock(output);
          const auto policy =
              options->force ? results::OverwritePolicy::replace : results::OverwritePolicy::refuse;
          if (results::is_study(shards.front())) {
            results::join_studies(output, shards, policy);
          } else {
            results::join_runs(output, shards, policy);
          }
          Json known = Json::object();
          if (options->telling.json) {
            known["shards"] = shards.size();
            known["trials"] = results::is_study(output.string())
                                  ? results::StudyReader(output.string()).trials()
                                  : results::RunReader(output).summary().trials;
          }
          print_written(options->output, options->telling, known);
        },
        exit);
  });
}

}  // namespace truce::cli
