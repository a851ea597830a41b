#include "cli/earlier.hpp"

#include <fmt/format.h>

#include "results/join_runs.hpp"
#include "results/run_reader.hpp"
#include "results/study_reader.hpp"
#include "results/study_writer.hpp"

namespace truce::cli {

Earlier earlier_run(const std::filesystem::path& file, const results::Schema& asked,
                    const results::TrialRange& trials) {
  Earlier earlier{.exists = true};
  try {
    const results::RunReader reader(file);
    const results::RunSummary& run = reader.summary();
    earlier.difference = results::difference(run.schema, asked);
    earlier.whole = run.completion != results::Completion::interrupted;
    const bool is_shard = trials != results::TrialRange{0, asked.trials};
    const std::uint64_t end = run.first + run.trials;
    const bool other_trials = run.first != trials.first || end > trials.end ||
                              (run.completion == results::Completion::shard && end != trials.end);
    const bool other_kind = (run.completion == results::Completion::complete && is_shard) ||
                            (run.completion == results::Completion::shard && !is_shard);
    if (earlier.difference.empty() && (other_trials || other_kind)) {
      earlier.difference = "the shard";
    }
    earlier.trials = run.trials;
    earlier.failed = run.failed;
  } catch (const results::ResultsError&) {
    earlier.difference = "its content";
  }
  return earlier;
}

Earlier earlier_study(const std::filesystem::path& file, const results::StudySchema& asked) {
  Earlier earlier{.exists = true};
  try {
    const results::StudyReader reader(file);
    earlier.difference = results::difference(reader.schema(), asked);
    if (earlier.difference.empty() && (reader.schema().contained != asked.contained ||
                                       reader.schema().stretch != asked.stretch)) {
      earlier.difference = "the shard";
    }
    // Every trial that has not failed has a duration.
    const auto durations = reader.summary("duration");
    for (std::size_t row = 0; row < durations.size(); ++row) {
      earlier.trials += reader.trials(row);
      earlier.failed += reader.trials(row) - durations[row].count;
    }
  } catch (const results::ResultsError&) {
    earlier.difference = "its content";
  }
  return earlier;
}

std::string refusal_of(const std::filesystem::path& file, const Earlier& earlier) {
  return fmt::format("{}: exists already, and {} differs; give another --output, or --force",
                     file.string(), earlier.difference);
}

}  // namespace truce::cli
