#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <optional>

#include "base/limits.hpp"
#include "cli/interrupt.hpp"
#include "cli/keep_option.hpp"
#include "cli/kept_parts.hpp"
#include "cli/output_file.hpp"
#include "cli/precision_option.hpp"
#include "cli/refusal.hpp"
#include "cli/run_output.hpp"
#include "cli/run_screen.hpp"
#include "cli/shard_option.hpp"
#include "cli/streams.hpp"
#include "cli/verbs.hpp"
#include "cli/whole_option.hpp"
#include "results/run_reader.hpp"
#include "results/run_record.hpp"
#include "study/controls.hpp"
#include "study/ranks.hpp"
#include "study/run_file.hpp"
#include "study/run_parts.hpp"

namespace truce::cli {

namespace {

namespace fs = std::filesystem;

/// What the results say that they come from.
std::string canonical_command(const RunOptions& options) {
  study::RunCommand command = options.scenario.command();
  command.trials = options.precision.empty() ? options.trials : options.at_most;
  if (!options.precision.empty()) command.precision = canonical_precision(options.precision);
  command.chronicle = options.chronicle;
  command.keep = options.keep;
  return study::text_of(command);
}

/// Whether options that exclude each other are given.
std::optional<ExitCode> refuse_options(const RunOptions& options, const Shard& shard) {
  if (!options.precision.empty() && shard.of > 1) {
    print_error("--shard beside --precision: where it stops is known of all trials together only");
    return ExitCode::wrong_input;
  }
  const std::uint64_t trials = options.precision.empty() ? options.trials : options.at_most;
  if (shard.of > trials) {
    print_error(fmt::format("--shard {}: the run has {} trials only", options.shard, trials));
    return ExitCode::wrong_input;
  }
  return {};
}

/// What failed of all trials in the file, of which some may be from an attempt before.
study::RunReport with_earlier(const study::RunFileReport& report) {
  study::RunReport whole = report.run;
  if (report.earlier == 0 || report.run.interrupted) return whole;
  const results::RunReader file(report.output);
  whole.trials = file.summary().trials;
  whole.failed = file.summary().failed;
  whole.first_failures.clear();
  for (const results::Failure& failure : file.summary().failures) {
    whole.first_failures.push_back({failure.first_trial, failure.message, failure.reason});
  }
  return whole;
}

/// Runs the trials, and tells what came of them.
ExitCode run_and_tell(RunWork& work, const InterruptGuard& interrupt) {
  const RunOptions& options = work.options;
  const fs::path& output = work.output.path;
  const auto started = std::chrono::system_clock::now();
  if (!options.quiet && study::keeps_parts(output)) {
    say("going on where {} was left\n", output.string());
  }
  const study::RunFileReport report = run_with_progress(options, work.file, interrupt);
  if (report.output.empty())
    return tell_interrupted(work.file, report, output, work.output.earlier);
  results::write_run_record(report.output, {.started = started,
                                            .threads = report.run.threads,
                                            .seconds = report.run.seconds,
                                            .trials = report.run.trials,
                                            .events = report.run.events});
  tell_run(options, report.run, report.output);
  if (const auto* rule = work.file.precision;
      rule && !report.run.interrupted && !rule->reached().reached) {
    say("truce: warning: the precision asked for was not reached within {} trials\n",
        rule->trials());
  }
  if (report.earlier > 0 && !options.quiet) {
    say("{} trials were there from an attempt before\n", report.earlier);
  }
  const study::RunReport whole = with_earlier(report);
  tell_failures(options, whole);
  if (report.run.interrupted) {
    return tell_interrupted(work.file, report, output, work.output.earlier);
  }
  return whole.failed > 0 ? ExitCode::failed : ExitCode::done;
}

ExitCode run_to_output(RunWork& work, study::Ranks* ranks, const InterruptGuard& interrupt) {
  try {
    work.file.output = work.output.path;
    if (ranks != nullptr && ranks->rank() > 0) {
      study::serve(work.file, *ranks, interrupt.flag());
      return ExitCode::done;
    }
    if (const auto done = open_output(work)) return *done;
    // Throws where it cannot begin.
    const model::Simulator tried(work.file.model, work.file.settings.simulator);
    if (ranks != nullptr && ranks->workers() > 0) work.file.ranks = ranks;
    return run_and_tell(work, interrupt);
  } catch (const results::ResultsError& error) {
    print_error(told_with_kept(error, work.output.path, "trials"));
    return exit_code_of(error);
  } catch (const study::RankError& error) {
    print_error(error.what() + kept_text(work.output.path, "trials"));
    return ExitCode::failed;
  } catch (const std::runtime_error& error) {
    print_error(error.what());
    return ExitCode::wrong_input;
  }
}

ExitCode run(RunOptions options, study::Ranks* ranks) {
  const InterruptGuard interrupt(OnSignal::finish);
  const auto shard = shard_of(options.shard);
  if (!shard) return ExitCode::wrong_input;
  if (const auto refused = refuse_options(options, *shard)) return *refused;
  const auto loaded = options.scenario.load(options.quiet);
  const auto simulator = options.scenario.simulator();
  if (!loaded || !simulator) return ExitCode::wrong_input;
  options.scenario.seed = std::to_string(simulator->seed);

  const bool until_precise = !options.precision.empty();
  const study::RunSettings settings{.trials = until_precise ? options.at_most : options.trials,
                                    .simulator = *simulator,
                                    .threads = options.threads,
                                    .chronicle = options.chronicle,
                                    .keep = options.keep};
  study::RunFile file{.model = loaded->model,
                      .schema = study::schema_of(*loaded, settings, canonical_command(options)),
                      .settings = settings,
                      .part_seconds = static_cast<double>(options.part_seconds)};
  std::optional<study::PrecisionRule> precision;
  if (until_precise) {
    precision = precision_rule(options.precision, file.schema.columns);
    if (!precision) return ExitCode::wrong_input;
    file.precision = &*precision;
  }
  study::choose_controls(loaded->model, file.settings, file.schema, interrupt.flag());
  if (precision) precision->use_controls(file.schema);
  RunWork work{.options = options,
               .file = file,
               .trials = study::trials_of_shard(settings.trials, shard->number, shard->of)};
  if (shard->of > 1) file.shard = work.trials;
  try {
    work.output.path = output_file(
        options.output, shard_name(fs::path(options.scenario.path).stem().string(), *shard));
  } catch (const results::ResultsError& error) {
    print_error(error.what());
    return exit_code_of(error);
  }
  return run_to_output(work, ranks, interrupt);
}

}  // namespace

void add_run(CLI::App& app, ExitCode& exit, study::Ranks* ranks) {
  constexpr std::uint64_t most_trials = base::most_trials;
  auto options = std::make_shared<RunOptions>();
  CLI::App* verb = app.add_subcommand("run", "run trials of a scenario into an HDF5 file");
  options->scenario.add_to(*verb);
  verb->add_option("-o,--output", options->output, "file to write; default: results/NAME.h5");
  CLI::Option* const trials =
      add_whole_option(*verb, "-n,--trials", options->trials, "number of trials", 1, most_trials)
          ->default_str("10000");
  verb->add_option("--shard", options->shard, shard_help);
  add_whole_option(*verb, "--part-seconds", options->part_seconds,
                   "keep what is finished every so many seconds, to go on from there", 0, 86'400)
      ->default_str("60");
  verb->add_option("-j,--threads", options->threads, "threads; default: all cores")
      ->check(CLI::Range(1U, 1024U));
  CLI::Option* const precision =
      verb->add_option("--precision", options->precision,
                       "OUTCOME=HALF_WIDTH: stop when its 95 % interval is as narrow");
  CLI::Option* const at_most =
      add_whole_option(*verb, "--at-most", options->at_most,
                       "with --precision: no more trials than this", 1, most_trials)
          ->default_str("10000000");
  add_whole_option(*verb, "--chronicle", options->chronicle,
                   "keep all events of the first N trials", 0, most_trials);
  add_keep_option(*verb, options->keep);
  verb->add_flag("--force", options->force, "overwrite an existing output");
  verb->add_flag("--quiet", options->quiet,
                 "print nothing but errors (and the summary, with --json)");
  verb->add_flag("--all", options->all, "print all outcomes and parameters");
  verb->add_flag("--json", options->json, "print the summary for machines");
  verb->footer(
      "Example: truce run scenarios/cairo-three-phase.yaml --trials 100000 --seed 7\n"
      "An output that the same command has finished is shown, not computed again; one in which it\n"
      "was stopped, or killed, goes on where it was.\n"
      "mpirun -n R truce run ... spreads the trials over R - 1 processes.");
  verb->callback([=, &exit] {
    // An option that would be passed over in silence is refused.
    if (*trials && *precision) {
      print_error("--trials beside --precision: give one of them; --at-most limits --precision");
      exit = ExitCode::wrong_input;
    } else if (*at_most && !*precision) {
      print_error("--at-most needs --precision; --trials gives the number of trials");
      exit = ExitCode::wrong_input;
    } else {
      exit = run(*options, ranks);
    }
  });
}

}  // namespace truce::cli
