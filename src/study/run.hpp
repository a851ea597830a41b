#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/model.hpp"
#include "model/simulator.hpp"
#include "results/block.hpp"
#include "results/schema.hpp"
#include "scenario/compile.hpp"
#include "study/executor.hpp"

namespace truce::study {

/// Trials of a block: a run that stops by itself does so at the end of one. No sum depends on it.
inline constexpr std::uint64_t block_trials = 1024;

struct RunSettings {
  std::uint64_t first = 0;        ///< trial to begin with; those before it are there already
  std::uint64_t trials = 10'000;  ///< the number of all, with those before the first
  model::SimulatorSettings simulator;
  unsigned threads = 0;                    ///< 0: as many as the machine has
  std::uint64_t chronicle = 0;             ///< trials whose events are kept
  std::optional<std::uint64_t> keep = {};  ///< trials whose rows are kept; nothing: all
};

struct Progress {
  std::uint64_t done = 0;     ///< trials joined
  std::uint64_t planned = 0;  ///< 0: not known, as the run stops by itself
  double seconds = 0;         ///< since the start
};

enum class Verdict : std::uint8_t { go_on, enough };

/// What a run tells while it goes on.
struct Listener {
  /// Receives the trials in order, in blocks or pieces of them, one at a time, from any of the
  /// threads that run them, while others go on; after `enough` those come that complete a block,
  /// and then no more.
  std::function<Verdict(results::Block&&)> block;
  /// Does a piece of the work that these have left, by any of those threads, several at a time;
  /// false where there is none at present. May be empty.
  std::function<bool()> help;
  /// Called several times per second from the calling thread, also while `block` is. May be empty.
  std::function<void(const Progress&)> progress;
};

struct RunReport {
  std::uint64_t trials = 0;  ///< joined
  std::uint64_t failed = 0;
  std::vector<results::FailedTrial> first_failures;  ///< at most ten, the lowest trial numbers
  std::uint64_t events = 0;                          ///< of the trials joined
  double seconds = 0;
  unsigned threads = 1;  ///< workers of the executor
  bool interrupted = false;
};

/// Runs trials settings.first to settings.trials - 1 of a model. When `stop` becomes true, trials
/// in work are given up within milliseconds, and what was finished without a gap from the first
/// trial on is joined. Trials that fail are recorded as such; any other exception, of a worker or
/// of the listener, is rethrown here.
RunReport run_trials(const model::Model& model, const RunSettings& settings,
                     const Listener& listener, const std::atomic<bool>& stop, Executor& executor);
/// The same on settings.threads threads.
RunReport run_trials(const model::Model& model, const RunSettings& settings,
                     const Listener& listener, const std::atomic<bool>& stop);

/// What the results say about a run of this scenario.
results::Schema schema_of(const scenario::Loaded& loaded, const RunSettings& settings,
                          const std::string& command_line);
results::Schema schema_of(const scenario::Scenario& scenario, const model::Model& model,
                          const RunSettings& settings, const std::string& command_line);
/// The part of it that is about outcomes.
std::vector<results::Column> columns_of(const model::Model& model);

}  // namespace truce::study
