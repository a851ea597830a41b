#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/comparison.hpp"
#include "results/run_reader.hpp"
#include "results/study_reader.hpp"

namespace truce::cli {

/// One side of a comparison: an outcome at some points, with the trials that failed there.
struct Side {
  analysis::PointValues values;  ///< [point][trial], NaN where missing
  std::vector<std::vector<bool>> failed;
};

Side side_of(const results::RunReader& run, const std::string& outcome);
Side side_of(const results::StudyReader& study, const std::string& outcome,
             const std::vector<std::size_t>& rows);

/// What was left out of a comparison, over all points.
struct LeftOut {
  std::uint64_t failed_a = 0;  ///< of the trials that both have
  std::uint64_t failed_b = 0;
  std::uint64_t unpaired_a = 0;  ///< trials that the other side does not have
  std::uint64_t unpaired_b = 0;
};

/// How many rows of two runs come before the first trial that both have, as parts of runs have
/// trials that others do not; whether there is any.
struct CommonTrials {
  std::size_t before_a = 0;
  std::size_t before_b = 0;
  bool any = true;
};
CommonTrials common_trials(const results::RunSummary& a, const results::RunSummary& b);

/// Drops so many values of each point.
template <class T>
void drop_first(std::vector<std::vector<T>>& points, std::size_t count) {
  for (auto& point : points) {
    point.erase(point.begin(),
                point.begin() + static_cast<std::ptrdiff_t>(std::min(count, point.size())));
  }
}

/// Has both sides begin with that trial.
void begin_together(Side& a, Side& b, const CommonTrials& common);

/// Cuts both sides, which begin with the same trial, to the trials that both have, point by point.
LeftOut keep_common(Side& a, Side& b);

/// Leaves the trials of each point for which `kept` says so; those beyond its end are left out.
void keep_chosen(Side& side, const std::vector<std::vector<bool>>& kept);

/// The failed ones of sides that are no pairs.
LeftOut failed_of(const Side& a, const Side& b);

/// Trials that did not fail, and have no value all the same.
std::uint64_t missing_in(const Side& side, const analysis::PointValues& values);

/// What of an outcome is compared: itself, or of a time that may never come, what all trials have.
struct ComparedMeasure {
  enum class Kind : std::uint8_t { value, by_day, restricted, label };
  Kind kind = Kind::value;
  std::string name = {};  ///< added to the outcome's; empty for the value
  double day = 0;  ///< by_day: whether it came by then; restricted: the earlier of it and this
  std::vector<double> codes_a = {}, codes_b = {};  ///< label: its codes on either side
};

/// The measures of an outcome; of a time of an event those by each of `days`, and up to `horizon`.
std::vector<ComparedMeasure> measures_of(const results::Column& column,
                                         const std::vector<double>& days, double horizon);

/// The measure of every trial that did not fail.
analysis::PointValues measured(const Side& side, const ComparedMeasure& measure,
                               const std::vector<double>& codes);

}  // namespace truce::cli
