#pragma once

#include "results/detail/hdf5.hpp"
#include "results/summary.hpp"

namespace truce::results {

inline constexpr const char* format_name = "truce-results";
inline constexpr const char* format_version = "1.4";  ///< same major number: readable

/// Attributes of the root, and the group /provenance: what is known before the first trial.
void write_root(hid_t root, const Schema& schema);
/// The same, and /design of a run.
void write_run(hid_t root, const Schema& schema);
/// The remaining attributes of the root.
void write_outcome_of_run(hid_t root, std::uint64_t trials, std::uint64_t failed,
                          Completion completion);

/// The attribute that a part of a run has, too.
void write_first_trial(hid_t root, std::uint64_t first);

/// Throws hdf5::Error unless the file is one of this format.
void require_format(hid_t root);
/// What /design says: of a run one of the two, of a study the kind of its design.
inline constexpr const char* plain_run = "run";
inline constexpr const char* uncertain_run = "uncertain";  ///< with parameters that are drawn
std::string design_kind(hid_t root);
bool is_kind_of_run(const std::string& kind);
/// The same as require_format, and unless it is of a run.
void require_run(hid_t root);
/// What write_root and write_outcome_of_run wrote; the schema without columns, timelines and
/// parameters.
RunSummary read_root(hid_t root);
/// The same with the parameters.
RunSummary read_run(hid_t root);

}  // namespace truce::results
