#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "results/block.hpp"
#include "results/error.hpp"
#include "results/summary.hpp"
#include "results/timeline_statistics.hpp"

namespace truce::results {

/// Reads the file of a run. What a function returns is read by it, so that large columns cost
/// nothing until asked for. All functions throw ResultsError if the file is damaged, or has no such
/// outcome or timeline. To be used by one thread at a time.
class RunReader {
 public:
  /// Throws ResultsError for a file that cannot be opened, is none of this program, has another
  /// major version of the format, is of a study, or lacks something that a run's file has.
  explicit RunReader(const std::filesystem::path& path);
  RunReader(RunReader&&) noexcept;
  RunReader& operator=(RunReader&&) noexcept;
  ~RunReader();

  /// Everything but distributions and timelines.
  [[nodiscard]] const RunSummary& summary() const;
  /// What the run was told, with the columns and the timelines, as it is stored: units are
  /// normalised ("days" is "day", nothing is "1").
  [[nodiscard]] const Schema& schema() const;
  /// The control variates of a part of a run.
  [[nodiscard]] std::optional<ControlPlan> controls() const;

  /// Of every trial; for categories the codes of the labels; NaN for failed trials and where
  /// missing. Throws ResultsError where not all trials keep their rows; so does `status`.
  [[nodiscard]] std::vector<double> column(const std::string& outcome) const;
  [[nodiscard]] std::vector<Status> status() const;
  /// What each trial drew for a parameter of which `schema()` says so. Throws ResultsError for
  /// another one, and where not all trials keep their rows.
  [[nodiscard]] std::vector<double> drawn(const std::string& parameter) const;
  /// Of an outcome that is no category.
  [[nodiscard]] Distribution distribution(const std::string& outcome) const;
  [[nodiscard]] TimelineSummary timeline(const std::string& name) const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace truce::results
