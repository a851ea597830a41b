#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "results/controlled.hpp"
#include "results/failures.hpp"
#include "results/interval.hpp"
#include "results/moments.hpp"
#include "results/quantiles.hpp"
#include "results/run_writer.hpp"
#include "results/schema.hpp"

namespace truce::results {

/// An outcome over all trials that did not fail. Numbers are NaN where they are not defined: all of
/// them without a value, deviation and error with one only.
struct OutcomeSummary {
  std::string name;
  ColumnKind kind = ColumnKind::real;  ///< no category
  std::string unit;
  std::uint64_t count = 0;    ///< trials with a value
  std::uint64_t missing = 0;  ///< trials without
  double mean = 0;
  double sd = 0;
  double se = 0;
  ControlledMean controlled;
  double skewness = 0;  ///< third central moment over the second to 3/2
  Interval ci;          ///< of the mean, 95 %: mean_interval, for yes/no wilson_interval
  double min = 0;
  double max = 0;
  Quantiles quantiles{};
  QuantileIntervals quantile_intervals;
  double quantiles_error = 0;  ///< relative, at most; where trials are not all kept
};

/// How often trials ended in one way, or with one cause of collapse.
struct Share {
  std::string label;
  std::uint64_t count = 0;
  double probability = 0;
  Interval ci;  ///< wilson_interval, 95 %
  ControlledMean controlled;
  std::vector<double> cumulative_incidence;  ///< [day] ended so by the end of it, of all trials
};

/// How the values of an outcome are spread.
struct Distribution {
  /// Of whole numbers and yes/no: those that occurred, ascending. Of reals: the edges of equally
  /// wide bins, one more than bins; bin i is [edge i, edge i + 1), the last one closed. Empty where
  /// there are no values.
  std::vector<double> values;
  std::vector<std::uint64_t> counts;
  std::uint64_t infinite = 0;  ///< of reals, not in the bins
};

/// What is told of a run: its summary, without its trials.
struct RunSummary {
  Schema schema;
  std::uint64_t first = 0;        ///< trial; only a part of a run begins later
  std::uint64_t trials = 0;       ///< that count
  std::uint64_t failed = 0;       ///< of them
  std::vector<Failure> failures;  ///< their reasons; empty where an older file has none
  Completion completion = Completion::complete;
  std::vector<OutcomeSummary> outcomes;  ///< in the order of the columns
  std::vector<Share> endings;
  std::vector<Share> causes;
};

/// Rows of /trials of a run, or of a part of one.
std::uint64_t rows_of(const RunSummary& run);

/// Why trials cannot be looked at one by one, where so many of them have no row.
std::string why_not_kept(std::uint64_t kept, std::uint64_t trials);

/// One table of names serves files and output.
std::string_view name_of(Completion completion);
std::string_view name_of(ColumnKind kind);
std::string_view name_of(Origin origin);
/// The same in the other direction; nothing for other names.
std::optional<Completion> completion_of(std::string_view name);
std::optional<Origin> origin_of(std::string_view name);

/// Whether an outcome is one that the scenario names, none that every scenario has.
bool is_of_scenario(const std::string& outcome);

/// Whether numbers are all the same, in two trials or more.
bool is_constant(const OutcomeSummary& outcome);

/// Whether the interval of the mean is not to be relied on: too_few of its values, or all of them
/// the same, so that nothing is known of the size of what may have been missed; for a yes/no never.
/// False where the skewness is not known.
bool too_few(const OutcomeSummary& outcome);

/// The better one of the plain and the controlled mean, where the latter's interval can be relied
/// on: not where there are too_few of its values, nor of a yes/no fewer than 20 of either.
Estimate estimate_of(const OutcomeSummary& outcome);
Estimate estimate_of(const Share& share, std::uint64_t trials);

/// From the moments of an outcome's values; name, unit, missing and quantiles remain to be set.
OutcomeSummary summary_of(const Moments& moments, ColumnKind kind);

}  // namespace truce::results
