#pragma once

#include <optional>

#include "results/detail/hdf5.hpp"
#include "results/detail/run_statistics.hpp"

namespace truce::results {

/// The group /state of a file that is to be joined with others: its statistics as they are counted,
/// from which those of all trials follow to the last bit.
/// With them the schema's control variates, if it has any, which the statistics are of.
void write_state(hid_t root, const Schema& schema, const RunStatistics& statistics);
/// The control variates; nothing where there are none.
std::optional<ControlPlan> read_controls(hid_t root);
/// Into statistics that are empty. Throws hdf5::Error.
void read_state(hid_t root, RunStatistics& statistics);

}  // namespace truce::results
