#pragma once

#include <vector>

#include "results/detail/netcdf.hpp"
#include "results/schema.hpp"

namespace truce::results {

/// The group /design of a run.
void write_run_design(hid_t root, const std::vector<RunParameter>& parameters);
/// Reads it. Throws hdf5::Error.
std::vector<RunParameter> read_run_design(hid_t root);

}  // namespace truce::results
