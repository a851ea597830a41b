#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>

#include "base/shell_word.hpp"
#include "cli/earlier.hpp"
#include "cli/interrupt.hpp"
#include "cli/keep_option.hpp"
#include "cli/kept_parts.hpp"
#include "cli/output_file.hpp"
#include "cli/progress.hpp"
#include "cli/refusal.hpp"
#include "cli/scenario_options.hpp"
#include "cli/shard_option.hpp"
#include "cli/streams.hpp"
#include "cli/study_output.hpp"
#include "cli/study_report.hpp"
#include "cli/verbs.hpp"
#include "results/run_record.hpp"
#include "results/study_reader.hpp"
#include "study/run_command.hpp"
#include "study/run_parts.hpp"
#include "study/study_file.hpp"

namespace truce::cli {

namespace {

namespace fs = std::filesystem;

std::optional<study::Plan> plan_of(const StudyOptions& options) {
  scenario::Diagnostics diagnostics;
  std::optional<study::Plan> plan;
  if (const auto description = study::read_study(options.study, diagnostics)) {
    plan = study::Plan::make(*description,
                             "truce study " +
                                 base::shell_word(fs::path(options.study).filename().string()) +
                                 (options.keep ? study::keep_text(*options.keep) : ""),
                             diagnostics, options.keep);
  }
  print(diagnostics);
  return plan;
}

study::StudyReport run_points(const StudyWork& work, PointProgressLine& line,
                              const std::atomic<bool>& interrupted) {
  const auto show = [&](const study::StudyProgress& progress) { line.show(progress); };
  const unsigned threads = work.options.threads;
  if (work.options.extend) {
    return study::extend_study_file(work.plan, threads, work.output, show, interrupted, work.ranks);
  }
  const auto policy =
      work.options.force ? results::OverwritePolicy::replace : results::OverwritePolicy::refuse;
  return study::run_study_to_file(work.plan, work.share, threads, work.output, policy, show,
                                  interrupted, work.ranks);
}

/// Prints what the file holds and what running it took.
ExitCode tell_study(const StudyWork& work, const study::StudyReport& report) {
  const StudyOptions& options = work.options;
  if (options.json || !options.quiet) {
    printing([&] { print_study(work.output, options.json ? Format::json : Format::text, {}); });
  }
  if (!options.quiet) {
    std::fflush(stdout);
    say("{} point{}, {} trials in {:.2f} s on {} thread{}: {} trials/s\n{}\n", report.points,
        report.points == 1 ? "" : "s", report.trials, report.seconds, report.threads,
        report.threads == 1 ? "" : "s",
        readable(static_cast<double>(report.trials) / report.seconds), work.output.string());
    if (report.again > 0) {
      say("{} earlier trials were run again: of timelines a study keeps no counts to go on from,\n"
          "and where trials keep no rows (--keep) of nothing; else only the new ones are run\n",
          report.again);
    }
  }
  if (report.imprecise > 0) {
    say("truce: warning: {} points did not reach the precision asked for\n", report.imprecise);
  }
  // Of the whole file, not only of what was run now.
  const results::StudyReader study(work.output);
  const auto points = study.failures();
  if (points.empty()) return ExitCode::done;
  std::uint64_t failed = 0;
  for (const results::PointFailures& point : points) failed += point.failed;
  print_error(
      fmt::format("{} of {} trials failed; their 'status' says so", failed, study.trials()));
  if (!points.front().failures.empty()) {
    const results::Failure& first = points.front().failures.front();
    say("  point {}, trial {}: {}\n", points.front().point, first.first_trial, first.message);
  }
  return ExitCode::failed;
}

/// What is kept of a study that is stopped: "points", or of large ones "trials".
std::string unit_kept(const StudyWork& work) {
  return work.share.stretch || study::has_large_points(work.plan) ? "trials" : "points";
}

ExitCode run_to_file(const StudyWork& work, const InterruptGuard& interrupt) {
  const std::string parts = study::parts_folder(work.output).string();
  const std::string unit = unit_kept(work);
  if (!work.options.quiet && fs::exists(parts)) {
    say("going on where {} was left\n", work.output.string());
  }
  PointProgressLine line(ProgressLine::style_for_stderr(work.options.quiet));
  const auto started = std::chrono::system_clock::now();
  study::StudyReport report;
  try {
    report = run_points(work, line, interrupt.flag());
  } catch (const results::ResultsError& error) {
    line.finish();
    print_error(told_with_kept(error, work.output, unit));
    return line.drawn() ? ExitCode::failed : exit_code_of(error);
  } catch (const study::RankError& error) {
    line.finish();
    print_error(error.what() + kept_text(work.output, unit));
    return ExitCode::failed;
  }
  line.finish();
  if (report.interrupted) {
    if (study::keeps_parts(work.output)) {
      say("interrupted: finished {} are kept in {}; the same command goes on from there\n", unit,
          parts);
    } else {
      print_error(
          fmt::format("interrupted before the first {} were finished; nothing was written", unit));
    }
    return ExitCode::interrupted;
  }
  results::write_run_record(work.output, {.started = started,
                                          .threads = report.threads,
                                          .seconds = report.seconds,
                                          .trials = report.trials,
                                          .events = report.events});
  return tell_study(work, report);
}

ExitCode run(const StudyOptions& options, study::Ranks* ranks) {
  const InterruptGuard interrupt(OnSignal::finish);
  const auto shard = shard_of(options.shard);
  if (!shard) return ExitCode::wrong_input;
  const auto plan = plan_of(options);
  if (!plan) return ExitCode::wrong_input;
  const bool many = ranks != nullptr && ranks->workers() > 0;
  StudyWork work{.options = options,
                 .plan = *plan,
                 .share = {},
                 .output = {},
                 .lock = {},
                 .ranks = many ? ranks : nullptr};
  // Not for those alone that would have nothing: the others could not be joined.
  if (const std::uint64_t most = study::most_shares(*plan); shard->of > most) {
    const bool points = plan->schema().precision.has_value();
    print_error(fmt::format("--shard {}: the study has {} {} only{}", options.shard, most,
                            plan->rows_together() ? "rows of points"
                            : points              ? "points"
                                                  : "trials",
                            points ? ", which stop by themselves" : ""));
    return ExitCode::wrong_input;
  }
  work.share = study::share_of(*plan, shard->number, shard->of);
  try {
    work.output =
        output_file(options.output, shard_name(fs::path(options.study).stem().string(), *shard));
    if (ranks != nullptr && ranks->rank() > 0) {
      study::serve(*plan, work.share, options.threads, work.output, *ranks, interrupt.flag(),
                   options.extend ? study::Extends::yes : study::Extends::no);
      return ExitCode::done;
    }
    if (const auto done = open_output(work)) return *done;
  } catch (const results::ResultsError& error) {
    print_error(error.what());
    return exit_code_of(error);
  }
  return run_to_file(work, interrupt);
}

}  // namespace

void add_study(CLI::App& app, ExitCode& exit, study::Ranks* ranks) {
  auto options = std::make_shared<StudyOptions>();
  CLI::App* verb = app.add_subcommand("study", "run all points and variants of a study");
  verb->add_option("study", options->study, "study file (YAML)")->required();
  verb->add_option("-o,--output", options->output, "file to write; default: results/NAME.h5");
  CLI::Option* const shard = verb->add_option("--shard", options->shard, shard_help);
  verb->add_option("-j,--threads", options->threads, "threads; default: all cores")
      ->check(CLI::Range(1U, 1024U));
  add_keep_option(*verb, options->keep);
  CLI::Option* const force =
      verb->add_flag("--force", options->force, "overwrite an existing output");
  verb->add_flag("--extend", options->extend,
                 "add the points, variants and trials that the study has beyond the output")
      ->excludes(force)
      ->excludes(shard);
  verb->add_flag("--quiet", options->quiet,
                 "print nothing but errors (and the summary, with --json)");
  verb->add_flag("--json", options->json, "print the summary for machines");
  verb->footer(
      "Example: truce study scenarios/studies/monitoring.yaml\n"
      "A study that was stopped goes on where it was when the same command is given again; one "
      "that is finished is shown.\nmpirun -n R truce study ... spreads the points over R - 1 "
      "processes.");
  verb->callback([=, &exit] { exit = run(*options, ranks); });
}

}  // namespace truce::cli
