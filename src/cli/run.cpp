#include "study/run.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <optional>

#include "base/shell_word.hpp"
#include "cli/earlier.hpp"
#include "cli/interrupt.hpp"
#include "cli/output_file.hpp"
#include "cli/precision_option.hpp"
#include "cli/progress.hpp"
#include "cli/refusal.hpp"
#include "cli/report.hpp"
#include "cli/scenario_options.hpp"
#include "cli/streams.hpp"
#include "cli/verbs.hpp"
#include "cli/whole_option.hpp"
#include "results/output_lock.hpp"
#include "results/run_record.hpp"
#include "results/run_writer.hpp"

namespace truce::cli {

namespace {

namespace fs = std::filesystem;

struct Options {
  ScenarioOptions scenario;
  std::string output;
  std::uint64_t trials = 10'000;
  unsigned threads = 0;
  std::string precision;
  std::uint64_t at_most = 10'000'000;
  std::uint64_t chronicle = 0;
  bool force = false;
  bool quiet = false;
  bool all = false;
  bool json = false;
};

/// The outcome whose running mean is shown: the first declared one that is a number or yes/no.
std::size_t main_outcome(const model::Model& model) {
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    const model::Column& column = model.columns[i];
    if (column.kind != model::Column::Kind::category && column.name != "duration") return i;
  }
  return 2;  // duration
}

/// What the results say that they come from.
std::string canonical_command(const Options& options) {
  study::RunCommand command = options.scenario.command();
  command.trials = options.precision.empty() ? options.trials : options.at_most;
  if (!options.precision.empty()) command.precision = canonical_precision(options.precision);
  command.chronicle = options.chronicle;
  return study::text_of(command);
}

void report_failures(const Options& options, const study::RunReport& report) {
  if (report.failed == 0) return;
  print_error(fmt::format("{} of {} trials failed; their rows say so in 'status'", report.failed,
                          report.trials));
  for (const results::FailedTrial& failure : report.first_failures) {
    say("  trial {}: {}\n", failure.trial, failure.message);
  }
  say("  to see how it came to that: truce trace {} --trial {}{}\n",
      base::shell_word(options.scenario.path), report.first_failures.front().trial,
      options.scenario.settings());
}

/// Prints what the same command has given before.
ExitCode show_earlier(const Options& options, const fs::path& output, const Earlier& earlier) {
  if (!options.quiet) say("{}: is there already, of the same run\n", output.string());
  if (options.json || !options.quiet) {
    print_summary(output, options.json ? Format::json : Format::text, {}, options.all);
  }
  return earlier.failed > 0 ? ExitCode::failed : ExitCode::done;
}

/// NAME.interrupted.h5 for NAME.h5.
fs::path interrupted_name(const fs::path& output) {
  fs::path name = output;
  name.replace_filename(output.stem().string() + ".interrupted" + output.extension().string());
  return name;
}

/// Where the results go.
struct Output {
  fs::path path;
  Earlier earlier;  ///< what was there
  std::optional<results::OutputLock> lock;
  std::optional<results::RunWriter> writer;
};

/// Opens the output. Where there is nothing to run, or it is refused, that is told, and the exit
/// code returned.
std::optional<ExitCode> open_output(const Options& options, const results::Schema& schema,
                                    Output& output) {
  output.path =
      output_file(options.output, fs::path(options.scenario.path).stem().string() + ".h5");
  output.lock.emplace(output.path);
  auto policy =
      options.force ? results::OverwritePolicy::replace : results::OverwritePolicy::refuse;
  if (fs::exists(output.path) && !fs::is_empty(output.path)) {
    const Earlier& earlier = output.earlier = earlier_run(output.path, schema);
    if (!options.force && earlier.same() && earlier.whole) {
      return show_earlier(options, output.path, earlier);
    }
    if (!options.force && !earlier.same()) {
      print_error(refusal_of(output.path, earlier));
      return ExitCode::wrong_input;
    }
    policy = results::OverwritePolicy::replace;  // by a file that begins with the same trials
  }
  output.writer.emplace(output.path, schema, policy, options.threads);
  return {};
}

/// Runs the trials into the writer, with a line of progress.
study::RunReport run_trials(const Options& options, const model::Model& model,
                            const study::RunSettings& settings, study::PrecisionRule* precision,
                            const InterruptGuard& interrupt, results::RunWriter& writer) {
  const std::size_t shown = main_outcome(model);
  ProgressLine line(ProgressLine::style_for_stderr(options.quiet), model.columns[shown].name);
  std::mutex mutex;
  results::Moments moments;
  study::Listener listener;
  listener.block = [&](results::Block&& block) {
    {
      const std::scoped_lock lock(mutex);
      for (const double x : block.columns[shown]) {
        if (!std::isnan(x)) moments.add(x);
      }
    }
    const auto verdict = precision ? precision->add(block) : study::Verdict::go_on;
    writer.take(std::move(block));
    return verdict;
  };
  listener.help = [&] { return writer.help(); };
  listener.progress = [&](const study::Progress& progress) {
    const std::scoped_lock lock(mutex);
    line.show(progress, moments);
  };
  const study::RunReport report = study::run_trials(model, settings, listener, interrupt.flag());
  line.finish();
  return report;
}

/// Tells what the file holds, and how long it took.
void tell(const Options& options, const study::RunReport& report, const fs::path& output) {
  if (options.json || !options.quiet) {
    printing([&] {
      print_summary(output, options.json ? Format::json : Format::text, {}, options.all);
    });
  }
  if (options.quiet) return;
  std::fflush(stdout);
  say("{} trials in {:.2f} s on {} thread{}: {} trials/s, {} events/s\n{}\n", report.trials,
      report.seconds, report.threads, report.threads == 1 ? "" : "s",
      readable(static_cast<double>(report.trials) / report.seconds),
      readable(static_cast<double>(report.events) / report.seconds), output.string());
}

ExitCode run(Options options) {
  const auto loaded = options.scenario.load(options.quiet);
  const auto simulator = options.scenario.simulator();
  if (!loaded || !simulator) return ExitCode::wrong_input;
  options.scenario.seed = std::to_string(simulator->seed);

  std::optional<study::PrecisionRule> precision;
  if (!options.precision.empty()) {
    precision = precision_rule(options.precision, loaded->model);
    if (!precision) return ExitCode::wrong_input;
  }
  const study::RunSettings settings{.trials = precision ? options.at_most : options.trials,
                                    .simulator = *simulator,
                                    .threads = options.threads,
                                    .chronicle = options.chronicle};
  const InterruptGuard interrupt(OnSignal::finish);
  const results::Schema schema = study::schema_of(*loaded, settings, canonical_command(options));
  Output output;
  try {
    if (const auto done = open_output(options, schema, output)) return *done;
    model::Simulator(loaded->model, *simulator);
  } catch (const results::ResultsError& error) {
    print_error(error.what());
    return exit_code_of(error);
  } catch (const std::runtime_error& error) {
    print_error(error.what());
    return ExitCode::wrong_input;
  }

  const auto started = std::chrono::system_clock::now();
  const study::RunReport report =
      run_trials(options, loaded->model, settings, precision ? &*precision : nullptr, interrupt,
                 *output.writer);
  if (report.trials == 0) {
    print_error("interrupted before the first trials were finished; nothing was written");
    return ExitCode::interrupted;
  }
  const Earlier& earlier = output.earlier;
  const bool replaces_a_shorter = earlier.same() && !earlier.whole;
  if (report.interrupted && replaces_a_shorter && report.trials <= earlier.trials) {
    say("interrupted: the {} trials of the earlier attempt are kept\n", earlier.trials);
    return ExitCode::interrupted;
  }
  // What is not finished takes no place of anything but its own earlier attempt.
  const bool beside = report.interrupted && earlier.exists && !replaces_a_shorter;
  if (beside) output.path = interrupted_name(output.path);
  const bool enough = precision && report.trials < settings.trials && !report.interrupted;
  output.writer->finish(report.interrupted ? results::Completion::interrupted
                        : enough           ? results::Completion::precise
                                           : results::Completion::complete,
                        output.path);
  output.writer.reset();
  results::write_run_record(output.path, {.started = started,
                                          .threads = report.threads,
                                          .seconds = report.seconds,
                                          .trials = report.trials,
                                          .events = report.events});
  tell(options, report, output.path);
  if (precision && !enough && !report.interrupted) {
    say("truce: warning: the precision asked for was not reached within {} trials\n",
        report.trials);
  }
  report_failures(options, report);
  if (report.interrupted) {
    say("interrupted: {} of {} trials are kept{}\n", report.trials, settings.trials,
        beside ? fmt::format(" in {}; the file that was there stays", output.path.string()) : "");
    return ExitCode::interrupted;
  }
  return report.failed > 0 ? ExitCode::failed : ExitCode::done;
}

}  // namespace

void add_run(CLI::App& app, ExitCode& exit) {
  constexpr std::uint64_t most_trials = std::uint64_t{1} << 40U;
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("run", "run trials of a scenario into an HDF5 file");
  options->scenario.add_to(*verb);
  verb->add_option("-o,--output", options->output, "file to write; default: results/NAME.h5");
  CLI::Option* const trials =
      add_whole_option(*verb, "-n,--trials", options->trials, "number of trials", 1, most_trials)
          ->default_str("10000");
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
  verb->add_flag("--force", options->force, "overwrite an existing output");
  verb->add_flag("--quiet", options->quiet,
                 "print nothing but errors (and the summary, with --json)");
  verb->add_flag("--all", options->all, "print all outcomes and parameters");
  verb->add_flag("--json", options->json, "print the summary for machines");
  verb->footer(
      "Example: truce run scenarios/cairo-three-phase.yaml --trials 100000 --seed 7\n"
      "An output that the same command has finished is shown, not computed again;\n"
      "one that it was stopped in is begun anew, and replaced once it has more trials.");
  verb->callback([=, &exit] {
    // An option that would be passed over in silence is refused.
    if (*trials && *precision) {
      print_error("--trials beside --precision: give one of them; --at-most limits --precision");
      exit = ExitCode::wrong_input;
    } else if (*at_most && !*precision) {
      print_error("--at-most needs --precision; --trials gives the number of trials");
      exit = ExitCode::wrong_input;
    } else {
      exit = run(*options);
    }
  });
}

}  // namespace truce::cli
