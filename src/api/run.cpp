#include "truce/run.hpp"

#include <atomic>
#include <cmath>

#include "api/errors.hpp"
#include "api/estimate.hpp"
#include "api/scenario_state.hpp"
#include "results/integer_histogram.hpp"
#include "results/output_lock.hpp"
#include "results/run_writer.hpp"
#include "study/controls.hpp"
#include "study/run.hpp"

namespace truce {

struct Trials::State {
  std::vector<results::Column> outcomes;
  std::uint64_t count = 0;
  std::vector<std::vector<double>> columns;  ///< [column][trial]
  std::vector<FailedTrial> failed;

  [[nodiscard]] std::size_t index_of(const std::string& outcome) const {
    return api::column_index(outcomes, outcome);
  }
};

namespace {

study::RunSettings settings_of(const RunOptions& options) {
  return {.trials = options.trials,
          .simulator = api::simulator_of(options),
          .threads = options.threads};
}

/// A run that goes into a file.
struct Filed {
  study::RunSettings settings;
  results::Schema schema;

  Filed(const Scenario::State& state, const RunOptions& options)
      : settings(settings_of(options)), schema(api::schema_of(state, options)) {
    study::choose_controls(state.model, settings, schema, false);
  }
};

/// Runs the trials, which `take` receives in order, and `help` works on.
study::RunReport run_trials(const Scenario::State& state, const RunOptions& options,
                            const study::RunSettings& settings,
                            const std::function<void(results::Block&&)>& take,
                            const std::function<bool()>& help = {}) {
  std::atomic<bool> stop = false;
  study::Listener listener;
  listener.block = [&](results::Block&& block) {
    take(std::move(block));
    return study::Verdict::go_on;
  };
  listener.help = help;
  if (options.progress) {
    listener.progress = [&](const study::Progress& progress) {
      if (!options.progress(progress.done, progress.planned)) stop = true;
    };
  }
  try {
    return study::run_trials(state.model, settings, listener, stop);
  } catch (const model::TrialError& error) {  // before any trial
    throw Error(error.what());
  }
}

/// As the file of a run has them.
results::Moments moments_of(const std::vector<double>& column, results::ColumnKind kind) {
  if (kind == results::ColumnKind::real) return results::exact_moments(column);
  results::IntegerHistogram counts;
  for (const double x : column) {
    if (!std::isnan(x)) counts.add(static_cast<std::int32_t>(x));
  }
  return results::moments_of(counts.entries());
}

void require_trials(const RunOptions& options) {
  if (options.trials == 0) throw Error("a run needs at least one trial");
}

}  // namespace

Trials::Trials(std::shared_ptr<const State> state) : state_(std::move(state)) {}

std::uint64_t Trials::count() const {
  return state_->count;
}

const std::vector<FailedTrial>& Trials::failed() const {
  return state_->failed;
}

const std::vector<double>& Trials::column(const std::string& outcome) const {
  return state_->columns[state_->index_of(outcome)];
}

const std::vector<std::string>& Trials::labels(const std::string& outcome) const {
  return api::labels_of(state_->outcomes[state_->index_of(outcome)]);
}

Estimate Trials::estimate(const std::string& outcome) const {
  const std::size_t index = state_->index_of(outcome);
  const results::Column& column = state_->outcomes[index];
  api::require_number(column);
  results::OutcomeSummary summary =
      summary_of(moments_of(state_->columns[index], column.kind), column.kind);
  summary.name = outcome;
  summary.unit = column.unit;
  summary.missing = state_->count - state_->failed.size() - summary.count;
  return api::estimate_of(summary);
}

double Trials::mean(const std::string& outcome) const {
  const std::size_t index = state_->index_of(outcome);
  api::require_number(state_->outcomes[index]);
  return moments_of(state_->columns[index], state_->outcomes[index].kind).mean();
}

Trials run(const Scenario& scenario, const RunOptions& options) {
  require_trials(options);
  auto state = std::make_shared<Trials::State>();
  state->outcomes = study::columns_of(scenario.state().model);
  state->columns.resize(state->outcomes.size());
  for (auto& column : state->columns) column.reserve(options.trials);
  run_trials(scenario.state(), options, settings_of(options), [&](const results::Block& block) {
    for (std::size_t c = 0; c < block.columns.size(); ++c) {
      state->columns[c].insert(state->columns[c].end(), block.columns[c].begin(),
                               block.columns[c].end());
    }
    for (const auto& failure : block.failures) {
      state->failed.push_back({failure.trial, failure.message});
    }
    state->count += block.status.size();
  });
  return Trials(std::move(state));
}

namespace {

RunReport write(const Scenario::State& state, const RunOptions& options, const Filed& run,
                results::RunWriter& writer) {
  const study::RunReport report = run_trials(
      state, options, run.settings, [&](results::Block&& block) { writer.take(std::move(block)); },
      [&] { return writer.help(); });
  return {report.trials, report.failed, report.interrupted};
}

void finish(results::RunWriter& writer, const RunReport& report) {
  writer.finish(report.stopped ? results::Completion::interrupted : results::Completion::complete);
}

}  // namespace

RunReport run_to_file(const Scenario& scenario, const std::filesystem::path& output,
                      const RunOptions& options, bool replace) {
  require_trials(options);
  return api::with_public_errors([&] {
    const results::OutputLock lock(output);
    const Filed run(scenario.state(), options);
    results::RunWriter writer(
        output, run.schema,
        replace ? results::OverwritePolicy::replace : results::OverwritePolicy::refuse,
        options.threads);
    const RunReport report = write(scenario.state(), options, run, writer);
    const bool keeps = report.stopped && std::filesystem::exists(output);
    if (report.trials > 0 && !keeps) finish(writer, report);
    return report;
  });
}

FileInMemory run_to_memory(const Scenario& scenario, const RunOptions& options,
                           const std::function<bool()>& wanted) {
  require_trials(options);
  return api::with_public_errors([&] {
    const Filed run(scenario.state(), options);
    results::RunWriter writer("the results in memory", run.schema,
                              results::OverwritePolicy::in_memory, options.threads);
    FileInMemory file{write(scenario.state(), options, run, writer), {}};
    const bool unwanted = file.report.stopped && wanted && !wanted();
    if (file.report.trials == 0 || unwanted) return file;
    finish(writer, file.report);
    file.bytes = writer.image();
    return file;
  });
}

}  // namespace truce
