#include "cli/run_screen.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/shell_word.hpp"
#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "cli/streams.hpp"
#include "study/run.hpp"
#include "study/run_parts.hpp"

namespace truce::cli {

namespace {

/// The outcome whose running mean is shown: the first declared one that is a number or yes/no.
std::size_t main_outcome(const model::Model& model) {
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    const model::Column& column = model.columns[i];
    if (column.kind != model::Column::Kind::category && column.name != "duration") return i;
  }
  return 2;  // duration
}

using TrialsOfMessage = std::pair<std::string, std::vector<std::uint64_t>>;

/// What failed for the same reason, together; in the order of each reason's first trial.
std::vector<TrialsOfMessage> by_message(const std::vector<results::FailedTrial>& failures) {
  std::vector<TrialsOfMessage> groups;
  for (const results::FailedTrial& failure : failures) {
    auto group = std::ranges::find(groups, failure.message, &TrialsOfMessage::first);
    if (group == groups.end()) group = groups.insert(group, {failure.message, {}});
    group->second.push_back(failure.trial);
  }
  return groups;
}

}  // namespace

study::RunFileReport run_with_progress(const RunOptions& options, study::RunFile& file,
                                       const InterruptGuard& interrupt) {
  const std::size_t shown = main_outcome(file.model);
  ProgressLine line(ProgressLine::style_for_stderr(options.quiet), file.model.columns[shown].name);
  std::mutex mutex;
  results::Moments moments;
  study::RunFileListener listener;
  listener.block = [&](const results::Block& block) {
    const std::scoped_lock lock(mutex);
    for (const double x : block.columns[shown]) {
      if (!std::isnan(x)) moments.add(x);
    }
  };
  listener.progress = [&](const study::Progress& progress) {
    const std::scoped_lock lock(mutex);
    line.show(progress, moments);
  };
  auto report = study::run_to_file(file, listener, interrupt.flag());
  line.finish();
  return report;
}

void tell_run(const RunOptions& options, const study::RunReport& report,
              const std::filesystem::path& output) {
  if (options.json || !options.quiet) {
    printing([&] {
      print_summary(output, options.json ? Format::json : Format::text, {}, options.all);
    });
  }
  if (options.quiet) return;
  std::fflush(stdout);
  say("{} trial{} in {:.2f} s on {} thread{}: {} trials/s, {} events/s\n{}\n", report.trials,
      report.trials == 1 ? "" : "s", report.seconds, report.threads, report.threads == 1 ? "" : "s",
      readable(static_cast<double>(report.trials) / report.seconds),
      readable(static_cast<double>(report.events) / report.seconds), output.string());
}

void tell_failures(const RunOptions& options, const study::RunReport& report) {
  if (report.failed == 0) return;
  print_error(fmt::format("{} of {} trials failed; their rows say so in 'status'", report.failed,
                          report.trials));
  for (const auto& [message, trials] : by_message(report.first_failures)) {
    say("  trial{} {}: {}\n", trials.size() == 1 ? "" : "s", fmt::join(trials, ", "), message);
  }
  say("  to see how it came to that: truce trace {} --trial {}{}\n",
      base::shell_word(options.scenario.path), report.first_failures.front().trial,
      options.scenario.settings());
}

ExitCode tell_interrupted(const study::RunFile& file, const study::RunFileReport& report,
                          const std::filesystem::path& output, const Earlier& earlier) {
  const std::uint64_t most =
      file.shard ? file.shard->end - file.shard->first : file.settings.trials;
  const std::string all = fmt::format("{}{}", file.precision != nullptr ? "at most " : "", most);
  if (report.output.empty()) {
    if (report.earlier + report.run.trials == 0) {
      print_error("interrupted before the first trials were finished; nothing was written");
    } else {
      say("interrupted: {} of {} trials are kept in {}; the same command goes on from there\n",
          report.earlier + report.run.trials, all,
          earlier.exists && !file.output_is_taken
              ? output.string() + " and " + study::parts_folder(output).string()
              : study::parts_folder(output).string());
    }
  } else {
    say("interrupted: {} of {} trials are kept\n", report.run.trials, all);
  }
  return ExitCode::interrupted;
}

}  // namespace truce::cli
