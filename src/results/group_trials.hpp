#pragma once

#include <cstdint>
#include <vector>

#include "hdf5.hpp"
#include "truce/results/block.hpp"
#include "truce/results/schema.hpp"

namespace truce::results {

// Reading of the group /trials, which TrialColumns writes.

std::vector<Column> read_columns(hid_t root, std::uint64_t trials);
/// Failed trials are NaN.
std::vector<double> read_column(hid_t root, const Column& column, std::uint64_t trials);
std::vector<Status> read_status(hid_t root, std::uint64_t trials);

}  // namespace truce::results
