#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "results/block.hpp"

namespace truce::results {

struct RunSummary;
class StudyReader;

/// Trials of one point that failed for one reason.
struct Failure {
  std::string reason;             ///< with "..." for numbers that are the trial's own
  std::uint64_t count = 0;        ///< trials
  std::uint64_t first_trial = 0;  ///< the lowest number among them
  std::string message;            ///< of that trial, in full
};

/// Counts the failed trials of one point by their reasons.
class FailureCounts {
 public:
  FailureCounts() = default;
  /// Goes on from what was counted before.
  explicit FailureCounts(std::vector<Failure> earlier) : failures_(std::move(earlier)) {}

  void add(const FailedTrial& trial);
  /// Adds those of the next trials.
  void add(const Failure& failure);
  /// In the order of their first trials.
  [[nodiscard]] const std::vector<Failure>& all() const { return failures_; }

 private:
  std::vector<Failure> failures_;
};

/// What failed at one point of a study; of a run, which is a single point, number 0.
struct PointFailures {
  std::uint32_t point = 0;
  std::uint64_t trials = 0;
  std::uint64_t failed = 0;
  std::vector<Failure> failures;  ///< empty where the file is older than their being stored
};

/// What failed in a whole file. Every table, figure and analysis says it, as the trials that are
/// left have been chosen by not failing.
struct FailureReport {
  std::uint64_t trials = 0;
  std::uint64_t failed = 0;
  std::size_t points_in_all = 1;
  std::vector<PointFailures> points;  ///< only those where trials failed
};

FailureReport failures_of(const RunSummary& run);
/// Throws ResultsError where the file is damaged.
FailureReport failures_of(const StudyReader& study);

/// The same in lines that fit 80 columns, the first begins with "warning: ": how many trials
/// failed, why, and at which points; empty where none did. `whose` names the results where there
/// are several.
std::string failures_text(const FailureReport& report, const std::string& whose = {});
/// The same for machines: `trials`, `failed`, and `points` with `failed` and `reasons` of each.
nlohmann::ordered_json failures_json(const FailureReport& report);

}  // namespace truce::results
