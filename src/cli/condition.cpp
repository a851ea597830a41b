#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/conditioning.hpp"
#include "base/limits.hpp"
#include "base/parallel.hpp"
#include "base/shell_word.hpp"
#include "cli/interrupt.hpp"
#include "cli/output_file.hpp"
#include "cli/refusal.hpp"
#include "cli/report.hpp"
#include "cli/streams.hpp"
#include "cli/verbs.hpp"
#include "cli/whole_option.hpp"
#include "results/conditioned.hpp"
#include "results/output_lock.hpp"
#include "scenario/observed.hpp"
#include "study/run.hpp"

namespace truce::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_rows = 10'000'000;  // where each comes from is held in memory

struct ConditionOptions {
  ScenarioOptions scenario;
  std::string record;
  std::uint64_t trials = 10'000;
  std::uint64_t effective = 1000;
  std::uint64_t at_most = 20'000'000;
  std::string method;
  unsigned threads = 0;
  std::string output;
  bool force = false;
  bool quiet = false;
  bool all = false;
  bool json = false;
};

/// A scenario with the facts that are known.
struct Given {
  scenario::Record record;
  std::vector<scenario::KnownFact> facts;
  scenario::Loaded loaded;
};

/// Prints all that is wrong, and answers nothing then.
std::optional<Given> given(const ConditionOptions& options) {
  const study::RunCommand command = options.scenario.command();
  if (command.set.size() != options.scenario.set.size()) return std::nullopt;  // told
  scenario::Diagnostics diagnostics;
  auto record = scenario::load_record(options.record, diagnostics);
  if (record && record->known.empty()) {
    diagnostics.error(record->document.position, "the record knows nothing",
                      "trials are given the facts below 'known'",
                      "add facts, such as known: [{at: 20 days, that: collapsed == 0}]");
  }
  if (!record || diagnostics.has_errors()) {
    print(diagnostics);
    return std::nullopt;
  }
  scenario::Observed observed{.record = &*record};
  auto loaded = scenario::load_observed(scenario::load_document(options.scenario.path, diagnostics),
                                        command.set, observed, diagnostics);
  if (!options.quiet || !loaded) print(diagnostics);
  if (!loaded) return std::nullopt;
  return Given{std::move(*record), std::move(observed.facts), std::move(*loaded)};
}

std::string file_word(const std::string& path) {
  return base::shell_word(fs::path(path).filename().string());
}

analysis::ConditionSettings settings_of(const ConditionOptions& options,
                                        const model::SimulatorSettings& simulator) {
  analysis::ConditionSettings settings{.simulator = simulator,
                                       .rows = options.trials,
                                       .at_most = options.at_most,
                                       .effective = static_cast<double>(options.effective),
                                       .threads = options.threads};
  if (options.method == "rejection") settings.method = analysis::ConditionMethod::rejection;
  if (options.method == "smc") settings.method = analysis::ConditionMethod::smc;
  return settings;
}

/// Runs the rows to their ends into the file, and learns the posterior on the way.
void write_rows(const Given& given, const analysis::ConditionSettings& settings,
                analysis::Conditioning& found, results::ConditionedWriter& writer) {
  constexpr std::uint64_t block_rows = 256;
  constexpr std::uint64_t blocks_a_time = 64;
  const std::uint64_t rows = found.rows.size();
  const unsigned threads = base::threads_of(settings.threads);
  std::vector<analysis::RowRunner> runners;
  for (unsigned i = 0; i < threads; ++i) {
    runners.emplace_back(given.loaded.model, given.facts, settings);
  }
  std::vector<std::vector<double>> drawn;
  for (std::uint64_t begin = 0; begin < rows; begin += blocks_a_time * block_rows) {
    const std::uint64_t end = std::min(rows, begin + blocks_a_time * block_rows);
    std::vector<results::Block> blocks((end - begin + block_rows - 1) / block_rows);
    base::parallel_for_workers(blocks.size(), threads, [&](std::size_t worker, std::size_t b) {
      const std::uint64_t first = begin + b * block_rows;
      blocks[b] = runners[worker].run(found.rows, first, std::min(block_rows, end - first));
    });
    for (const results::Block& block : blocks) {
      writer.append(block);
      drawn.resize(block.drawn.size());
      for (std::size_t p = 0; p < drawn.size(); ++p) {
        drawn[p].insert(drawn[p].end(), block.drawn[p].begin(), block.drawn[p].end());
      }
    }
  }
  analysis::add_posterior(given.loaded.model, drawn, found);
}

ExitCode condition(ConditionOptions options) {
  const auto given = cli::given(options);
  const auto simulator = options.scenario.simulator();
  if (!given || !simulator) return ExitCode::wrong_input;
  options.scenario.seed = std::to_string(simulator->seed);
  const analysis::ConditionSettings settings = settings_of(options, *simulator);
  const study::RunSettings run{
      .trials = options.trials, .simulator = *simulator, .threads = options.threads};
  const std::string command =
      fmt::format("truce condition {} --observed {} --trials {} --effective {} --at-most {}{}{}",
                  file_word(options.scenario.path), file_word(options.record), options.trials,
                  options.effective, options.at_most, options.method.empty() ? "" : " --method ",
                  options.method) +
      options.scenario.settings();
  const results::Schema schema = study::schema_of(given->loaded, run, command);
  const InterruptGuard interrupt(OnSignal::give_up);
  const fs::path path = output_file(
      options.output, fmt::format("{}-given-{}.h5", fs::path(options.scenario.path).stem().string(),
                                  fs::path(options.record).stem().string()));
  const results::OutputLock lock(path);
  results::ConditionedWriter writer(
      path, schema,
      options.force ? results::OverwritePolicy::replace : results::OverwritePolicy::refuse);
  analysis::Conditioning found;
  try {
    found = analysis::condition(given->loaded.model, given->facts, settings);
  } catch (const analysis::TooFewLeft& error) {
    say("{}\n", error.what());
    return ExitCode::failed;
  } catch (const model::TrialError& error) {  // before any trial
    print_error(error.what());
    return ExitCode::wrong_input;
  }
  found.told.record_yaml = scenario::to_yaml(given->record.document);
  writer.begin(found.told.group, found.told.effective_trials);
  write_rows(*given, settings, found, writer);
  writer.finish(found.told);
  if (options.json || !options.quiet) {
    printing(
        [&] { print_summary(path, options.json ? Format::json : Format::text, {}, options.all); });
  }
  if (!options.quiet) {
    std::fflush(stdout);
    say("{}\n", path.string());
  }
  const double wanted = std::min(settings.effective, static_cast<double>(settings.rows));
  if (found.told.effective_trials < 0.9 * wanted) {
    say("truce: warning: the rows are worth {:.0f} independent trials only; --at-most allows more "
        "to be begun\n",
        found.told.effective_trials);
  }
  if (found.told.failed > 0) {
    print_error(
        fmt::format("{} of the {} trials begun failed before all was known; the evidence "
                    "counts them as not agreeing",
                    found.told.failed, found.told.started));
  }
  if (writer.failed() > 0) print_error(fmt::format("{} of the rows failed", writer.failed()));
  return found.told.failed + writer.failed() > 0 ? ExitCode::failed : ExitCode::done;
}

}  // namespace

void add_condition(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<ConditionOptions>();
  CLI::App* verb = app.add_subcommand(
      "condition",
      "the trials of a scenario given what is known: what then, and which assumptions");
  options->scenario.add_to(*verb);
  verb->add_option("--observed", options->record, "record of what is known (YAML)")->required();
  add_whole_option(*verb, "-n,--trials", options->trials, "trials given the facts", 1, most_rows)
      ->default_str("10000");
  add_whole_option(*verb, "--effective", options->effective,
                   "independent trials that these are to be worth", 1, most_rows)
      ->default_str("1000");
  add_whole_option(*verb, "--at-most", options->at_most, "begin no more trials than this", 1,
                   base::most_trials)
      ->default_str("20000000");
  verb->add_option("--method", options->method,
                   "rejection or smc; default: rejection where one trial in fifty agrees")
      ->check(CLI::IsMember({"rejection", "smc"}));
  verb->add_option("-j,--threads", options->threads, "threads; default: all cores")
      ->check(CLI::Range(1U, 1024U));
  verb->add_option("-o,--output", options->output,
                   "file to write; default: results/NAME-given-RECORD.h5");
  verb->add_flag("--force", options->force, "overwrite an existing output");
  verb->add_flag("--quiet", options->quiet,
                 "print nothing but errors (and the summary, with --json)");
  verb->add_flag("--all", options->all, "print all outcomes and parameters");
  verb->add_flag("--json", options->json, "print the summary for machines");
  verb->footer(
      "Example: truce condition scenarios/history/january-2025.yaml --uncertain \\\n"
      "           --observed scenarios/history/records/january-2025-day-20.yaml\n"
      "A record states facts: {at: 20 days, that: \"collapsed == 0\"} and others; see\n"
      "scenarios/records.md. The evidence is the probability of all of them in the\n"
      "scenario: rival scenarios are compared by it. What is told holds in this model.");
  verb->callback([options, &exit] { run_or_refuse([&] { exit = condition(*options); }, exit); });
}

}  // namespace truce::cli
