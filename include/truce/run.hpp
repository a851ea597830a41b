#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "truce/export.hpp"
#include "truce/scenario.hpp"

namespace truce {

/// What results depend on, and how the work is done. Results are the same for any number of
/// threads.
struct RunOptions {
  std::uint64_t trials = 10'000;
  std::uint64_t seed = 1;
  bool uncertain = false;  ///< each trial draws its parameters from their priors
  unsigned threads = 0;    ///< 0: as many as the machine has
  /// Called several times per second, in the calling thread, with the trials done and planned;
  /// false stops the run. May be empty.
  std::function<bool(std::uint64_t done, std::uint64_t planned)> progress;
};

/// An outcome over the trials that did not fail. Numbers are NaN where they are not defined.
struct Estimate {
  std::string outcome;
  std::string unit;
  std::uint64_t count = 0;    ///< trials with a value
  std::uint64_t missing = 0;  ///< trials without
  double mean = 0;
  double sd = 0;                   ///< divisor count - 1
  double se = 0;                   ///< of the mean
  double ci_low = 0, ci_high = 0;  ///< 95 % interval of the mean; of a yes/no outcome of its share
  bool too_few = false;  ///< trials to rely on the interval: for the skewness, or as none differ
  double min = 0, max = 0;
};

/// A trial that could not go on, e.g. as a probability was above 1. Its values are NaN.
struct FailedTrial {
  std::uint64_t trial = 0;
  std::string message;
};

/// Trials 0, 1, ... of a run, held in memory: 8 bytes a trial and outcome.
class TRUCE_API Trials {
 public:
  /// Fewer than asked for where the run was stopped.
  [[nodiscard]] std::uint64_t count() const;
  [[nodiscard]] const std::vector<FailedTrial>& failed() const;
  /// [trial]: the outcome's value; 0 or 1 of yes/no, an index of `labels` of a category, NaN where
  /// there is none. Throws Error for a name that is no outcome.
  [[nodiscard]] const std::vector<double>& column(const std::string& outcome) const;
  /// Of a category, by its values; throws Error for another outcome.
  [[nodiscard]] const std::vector<std::string>& labels(const std::string& outcome) const;
  /// Throws Error for a category.
  [[nodiscard]] Estimate estimate(const std::string& outcome) const;
  /// The mean of `estimate`, without the time that intervals take.
  [[nodiscard]] double mean(const std::string& outcome) const;

  struct State;
  explicit Trials(std::shared_ptr<const State> state);

 private:
  std::shared_ptr<const State> state_;
};

/// Runs a scenario without writing anything: trial i is row i of the file that `truce run` writes
/// with the same settings. Trials that fail are told by `failed`, not thrown.
TRUCE_API Trials run(const Scenario& scenario, const RunOptions& options = {});

struct RunReport {
  std::uint64_t trials = 0;  ///< written
  std::uint64_t failed = 0;  ///< of them
  bool stopped = false;      ///< by `progress`: the file holds the trials before that
};

/// Writes the file that `truce run` writes with the same settings, byte for byte. Throws Error,
/// before any work, where the file exists and is not to be replaced, or cannot be written. A run
/// that is stopped replaces no file.
TRUCE_API RunReport run_to_file(const Scenario& scenario, const std::filesystem::path& output,
                                const RunOptions& options = {}, bool replace = false);

struct FileInMemory {
  RunReport report;
  std::vector<std::uint8_t> bytes;  ///< none where no trial was done, or they are not wanted
};

/// The same file without its seal, in memory alone: what HDF5's readers open by its bytes. Of a run
/// that is stopped `wanted`, where it is given, tells whether to finish the file of what is done,
/// which may take seconds.
TRUCE_API FileInMemory run_to_memory(const Scenario& scenario, const RunOptions& options = {},
                                     const std::function<bool()>& wanted = {});

}  // namespace truce
