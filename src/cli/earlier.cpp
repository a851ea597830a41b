#include "cli/earlier.hpp"

#include <fmt/format.h>

#include "results/run_reader.hpp"
#include "results/study_reader.hpp"
#include "results/study_writer.hpp"

namespace truce::cli {

namespace {

std::string difference_of_runs(const results::Schema& a, const results::Schema& b) {
  const std::string shared = results::difference({.common = a}, {.common = b});
  if (!shared.empty()) return shared;
  if (a.parameters != b.parameters) return "a parameter";
  if (a.trials != b.trials) return "the number of trials";
  if (a.command_line != b.command_line) return "the command";  // --uncertain, --chronicle, ...
  return {};
}

}  // namespace

Earlier earlier_run(const std::filesystem::path& file, const results::Schema& asked) {
  Earlier earlier{.exists = true};
  try {
    const results::RunReader reader(file);
    const results::RunSummary& run = reader.summary();
    earlier.difference = difference_of_runs(run.schema, asked);
    earlier.trials = run.trials;
    earlier.failed = run.failed;
    earlier.whole = run.completion != results::Completion::interrupted;
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
    if (earlier.difference.empty() && reader.schema().contained != asked.contained) {
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
