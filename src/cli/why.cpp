#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <string>

#include "analysis/turning_point_summary.hpp"
#include "analysis/turning_points.hpp"
#include "base/limits.hpp"
#include "cli/interrupt.hpp"
#include "cli/output_file.hpp"
#include "cli/refusal.hpp"
#include "cli/streams.hpp"
#include "cli/verbs.hpp"
#include "cli/whole_option.hpp"
#include "cli/why_report.hpp"
#include "cli/why_source.hpp"
#include "results/output_lock.hpp"
#include "results/run_writer.hpp"
#include "study/controls.hpp"
#include "study/run.hpp"

namespace truce::cli {

namespace {

constexpr std::uint64_t usual_trials = 300;
constexpr std::uint64_t most_trials = 1'000'000;  // what is found of all is held in memory

struct WhyOptions {
  ScenarioOptions scenario;
  std::uint64_t trial = 0;
  std::uint64_t trials = usual_trials;
  std::string outcome = "ending";
  double by = std::numeric_limits<double>::quiet_NaN();
  unsigned threads = 0;
  std::string output;
  bool force = false;
  bool all = false;
  bool json = false;
  [[nodiscard]] Format format() const { return json ? Format::json : Format::text; }
};

/// Throws ResultsError where a trial's row is not that of the file: its program drew or computed
/// something else.
void require_row(const WhyOptions& options, const std::vector<double>& stored, std::uint64_t trial,
                 double replayed) {
  const double there = stored.at(trial);
  if (there == replayed || (std::isnan(there) && std::isnan(replayed))) return;
  throw results::ResultsError(
      options.scenario.path,
      fmt::format("trial {} is another one when replayed: the file was written by a program that "
                  "computed something else; run its scenario again",
                  trial));
}

ExitCode explain_trial(const WhyOptions& options, const WhySource& source,
                       const analysis::Watched& watched) {
  if (options.trial >= source.trials()) {
    print_error(fmt::format("--trial {}: {} has the trials 0 to {}", options.trial,
                            options.scenario.path, source.trials() - 1));
    return ExitCode::wrong_input;
  }
  analysis::TurningPointFinder finder(source.loaded.model, source.settings, watched);
  const analysis::ExplainedTrial told = finder.explain(options.trial);
  if (!told.failure.empty()) {
    print_error(fmt::format("trial {} fails: {}", options.trial, told.failure));
    return ExitCode::failed;
  }
  if (source.file) {
    require_row(options, source.file->column(options.outcome), options.trial,
                told.record.columns[watched.column]);
  }
  print_why(source.loaded.model, watched, told, options.format());
  return ExitCode::done;
}

results::Schema schema_with_controls(const WhyOptions& options, const WhySource& source,
                                     study::RunSettings& settings) {
  results::Schema schema = study::schema_of(source.loaded, settings,
                                            fmt::format("truce run {} --trials {}{}", source.name,
                                                        options.trials, source.setting_options));
  study::choose_controls(source.loaded.model, settings, schema, false);
  return schema;
}

/// A file that is to be written: that of a run of the same trials, with what is found of them.
struct Output {
  Output(const WhyOptions& options, const WhySource& source)
      : path(output_file(options.output, "")),
        lock(path),
        settings{
            .trials = options.trials, .simulator = source.settings, .threads = options.threads},
        writer(path, schema_with_controls(options, source, settings),
               options.force ? results::OverwritePolicy::replace : results::OverwritePolicy::refuse,
               options.threads) {}

  std::filesystem::path path;
  results::OutputLock lock;
  study::RunSettings settings;
  results::RunWriter writer;
};

void write(Output& output, const model::Model& model, const results::TurningPoints& points) {
  study::Listener listener;
  listener.block = [&](results::Block&& block) {
    output.writer.take(std::move(block));
    return study::Verdict::go_on;
  };
  listener.help = [&] { return output.writer.help(); };
  const std::atomic<bool> stop = false;
  study::run_trials(model, output.settings, listener, stop);
  output.writer.take(points);
  output.writer.finish(results::Completion::complete);
  say("{}\n", output.path.string());
}

ExitCode explain_many(const WhyOptions& options, const WhySource& source,
                      const analysis::Watched& watched) {
  if (options.trials > source.trials()) {
    print_error(fmt::format("--trials {}: {} has {}", options.trials, options.scenario.path,
                            source.trials()));
    return ExitCode::wrong_input;
  }
  std::vector<double> stored;
  if (source.file) stored = source.file->column(options.outcome);
  const InterruptGuard interrupt(OnSignal::give_up);
  std::optional<Output> output;
  if (!options.output.empty()) output.emplace(options, source);
  const results::TurningPoints points = analysis::turning_points_of(
      source.loaded.model, source.settings, watched, options.trials, options.threads,
      [&](std::uint64_t trial, const std::vector<double>& columns) {
        if (!source.file) return;
        require_row(
            options, stored, trial,
            columns.empty() ? std::numeric_limits<double>::quiet_NaN() : columns[watched.column]);
      });
  if (points.failed == points.trials) {
    print_error("all trials failed; truce trace --trial 0 shows how it comes to that");
    return ExitCode::failed;
  }
  if (output) write(*output, source.loaded.model, points);
  print_why(points, options.format(), options.all);
  return points.failed > 0 ? ExitCode::failed : ExitCode::done;
}

ExitCode explain(WhyOptions options, bool one, bool many_given) {
  const auto source = why_source(options.scenario);
  if (!source) return ExitCode::wrong_input;
  const auto watched = analysis::watched(source->loaded.model, options.outcome, options.by);
  try {
    model::Simulator(source->loaded.model, source->settings);
  } catch (const model::TrialError& error) {  // before any trial
    print_error(error.what());
    return ExitCode::wrong_input;
  }
  if (one) return explain_trial(options, *source, watched);
  if (!many_given) options.trials = std::min(options.trials, source->trials());
  return explain_many(options, *source, watched);
}

}  // namespace

void add_why(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<WhyOptions>();
  CLI::App* verb =
      app.add_subcommand("why", "which draws could have changed a trial's ending, in this model");
  options->scenario.add_to(*verb);
  verb->get_option("scenario")->description("scenario (YAML), or a run's results (HDF5)");
  CLI::Option* const one = add_whole_option(*verb, "-t,--trial", options->trial,
                                            "explain this trial, counted from 0, draw by draw", 0,
                                            base::trial_numbers - 1);
  CLI::Option* const many = add_whole_option(*verb, "-n,--trials", options->trials,
                                             "sum up so many trials by stream", 1, most_trials)
                                ->default_str("300");
  verb->add_option("--outcome", options->outcome, "look at this outcome")->capture_default_str();
  verb->add_option("--by", options->by, "of a number: the least change that counts");
  verb->add_option("-j,--threads", options->threads, "threads; default: all cores")
      ->check(CLI::Range(1U, 1024U));
  CLI::Option* const output = verb->add_option(
      "-o,--output", options->output, "write these trials, with /turning_points, into a file");
  CLI::Option* const force =
      verb->add_flag("--force", options->force, "overwrite an existing output");
  CLI::Option* const all = verb->add_flag("--all", options->all, "list all streams");
  verb->add_flag("--json", options->json, "print for machines");
  verb->footer(
      "Example: truce why scenarios/cairo-three-phase.yaml --trial 17\n"
      "Each draw of a trial is replaced, one at a time with all else kept. What is\n"
      "told holds in this model.");
  verb->callback([=, &exit] {
    // An option that would be passed over in silence is refused.
    const char* idle = !*one     ? (*force && !*output ? "--force" : nullptr)
                       : *many   ? "--trials"
                       : *output ? "--output"
                       : *force  ? "--force"
                       : *all    ? "--all"
                                 : nullptr;
    if (idle != nullptr) {
      print_error(*one ? fmt::format("{} beside --trial: give one of them", idle)
                       : std::string("--force needs --output"));
      exit = ExitCode::wrong_input;
      return;
    }
    run_or_refuse([&] { exit = explain(*options, one->count() > 0, many->count() > 0); }, exit);
  });
}

}  // namespace truce::cli
