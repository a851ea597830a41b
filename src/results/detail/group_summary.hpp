#pragma once

#include <span>
#include <string>
#include <vector>

#include "results/detail/hdf5.hpp"
#include "results/summary.hpp"

namespace truce::results {

/// A number of an outcome under the name that it has in the file.
struct SummaryField {
  const char* name;
  double& (*of)(OutcomeSummary&);
  const char* since = nullptr;  ///< version of the format that brought it; the first one: none
};
std::span<const SummaryField> summary_fields();
/// Whether a group /summary lacks a field since it is older than that.
bool missing_of_old(hid_t summary, const SummaryField& field);

/// The group /summary.
void write_summary(hid_t root, const std::vector<OutcomeSummary>& outcomes);
/// Kinds are those of the columns of the same names.
std::vector<OutcomeSummary> read_summary(hid_t root, const std::vector<Column>& columns);

/// The groups /endings and /causes: `dimension` is "ending" or "cause".
void write_shares(hid_t root, const std::string& dimension, const std::vector<Share>& shares,
                  std::size_t days);
std::vector<Share> read_shares(hid_t root, const std::string& dimension, std::size_t days);

/// The group /distributions/OUTCOME.
void write_distribution(hid_t distributions, const OutcomeSummary& outcome,
                        const Distribution& distribution);
Distribution read_distribution(hid_t distributions, const OutcomeSummary& outcome);

}  // namespace truce::results
