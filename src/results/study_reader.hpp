#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "results/block.hpp"
#include "results/error.hpp"
#include "results/failures.hpp"
#include "results/study_schema.hpp"
#include "results/summary.hpp"

namespace truce::results {

/// Whether a results file is of a study or of a run. Throws ResultsError if it is of neither.
bool is_study(const std::filesystem::path& path);

/// Reads the file of a study or of a shard of one. Rows are those of `schema().contained`. All
/// functions throw ResultsError if the file is damaged, or has no such outcome. To be used by one
/// thread at a time.
class StudyReader {
 public:
  /// Throws ResultsError for a file that cannot be opened, is none of this program, has another
  /// major version of the format, or is of a run.
  explicit StudyReader(const std::filesystem::path& path);
  StudyReader(StudyReader&&) noexcept;
  StudyReader& operator=(StudyReader&&) noexcept;
  ~StudyReader();

  [[nodiscard]] const std::filesystem::path& path() const;
  [[nodiscard]] const StudySchema& schema() const;

  /// Trials of all points.
  [[nodiscard]] std::uint64_t trials() const;
  /// The points where trials failed, ascending; `failures_of` tells more.
  [[nodiscard]] std::vector<PointFailures> failures() const;
  /// Trials of the point in that row.
  [[nodiscard]] std::uint64_t trials(std::size_t row) const;
  /// Whether all trials of all points keep their rows.
  [[nodiscard]] bool keeps_all() const;
  /// The column of that outcome; throws ResultsError where there is none.
  [[nodiscard]] const Column& outcome(const std::string& name) const;
  /// Of every trial of the point in that row; NaN for failed trials and where missing, codes for
  /// categories. Throws ResultsError where not all of them keep their rows; so does `trials_of`.
  [[nodiscard]] std::vector<double> column(const std::string& outcome, std::size_t row) const;
  /// Per row: the outcome over the trials of the point; without unit and interval's kind.
  [[nodiscard]] std::vector<OutcomeSummary> summary(const std::string& outcome) const;
  /// Per row: the share of the trials with that ending.
  [[nodiscard]] std::vector<double> ending(const std::string& label) const;

  /// Per row what was reached of `schema().precision`; empty where none was asked for.
  [[nodiscard]] std::vector<PrecisionReached> precision() const;

  /// All trials of the point in that row, but for timelines, which a study does not keep by trial,
  /// and reasons of failures, which it keeps together.
  [[nodiscard]] Block trials_of(std::size_t row) const;

  class State;
  [[nodiscard]] const State& state() const { return *state_; }

 private:
  explicit StudyReader(std::unique_ptr<State> state);
  /// All that could be asked for.
  void read_all() const;
  [[nodiscard]] std::vector<double> kept_column(const std::string& outcome, std::size_t row) const;

  std::unique_ptr<State> state_;
};

}  // namespace truce::results
