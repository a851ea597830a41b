#include "results/failures.hpp"

#include <algorithm>

#include "results/study_reader.hpp"
#include "results/summary.hpp"

namespace truce::results {

void FailureCounts::add(const FailedTrial& trial) {
  const auto known = std::ranges::find(failures_, trial.reason, &Failure::reason);
  if (known == failures_.end()) {
    failures_.push_back({trial.reason, 1, trial.trial, trial.message});
  } else {
    ++known->count;
  }
}

void FailureCounts::add(const Failure& failure) {
  const auto known = std::ranges::find(failures_, failure.reason, &Failure::reason);
  if (known == failures_.end()) {
    failures_.push_back(failure);
  } else {
    known->count += failure.count;
  }
}

FailureReport failures_of(const RunSummary& run) {
  FailureReport report{.trials = run.trials, .failed = run.failed};
  if (run.failed > 0) {
    report.points.push_back(
        {.point = 0, .trials = run.trials, .failed = run.failed, .failures = run.failures});
  }
  return report;
}

FailureReport failures_of(const StudyReader& study) {
  FailureReport report{.points_in_all = study.schema().contained.size(),
                       .points = study.failures()};
  report.trials = study.trials();
  for (const PointFailures& point : report.points) report.failed += point.failed;
  return report;
}

}  // namespace truce::results
