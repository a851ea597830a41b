#pragma once

#include "hdf5.hpp"
#include "truce/results/summary.hpp"

namespace truce::results {

inline constexpr const char* format_name = "truce-results";
inline constexpr const char* format_version = "1.0";  ///< same major number: readable

/// Attributes of the root, and the groups /provenance and /design: what is known before the run.
void write_run(hid_t root, const Schema& schema);
/// The remaining attributes of the root.
void write_outcome_of_run(hid_t root, std::uint64_t trials, std::uint64_t failed,
                          Completion completion);

/// Throws hdf5::Error unless the file is one of this format and of a run.
void require_run(hid_t root);
/// All of it; the schema still without columns and timelines.
RunSummary read_run(hid_t root);

}  // namespace truce::results
