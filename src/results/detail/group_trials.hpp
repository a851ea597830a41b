#pragma once

#include <cstdint>
#include <vector>

#include "results/block.hpp"
#include "results/detail/hdf5.hpp"
#include "results/detail/stored_block.hpp"
#include "results/schema.hpp"

namespace truce::results {

// Reading of the group /trials, which TrialColumns writes.

/// Of a run the shape is {trials}, of a study {points, trials}.
std::vector<Column> read_columns(hid_t root, const std::vector<hsize_t>& shape);
/// Failed trials are NaN.
std::vector<double> read_column(hid_t root, const Column& column, std::uint64_t trials);
/// As it is stored, in that shape: of a run, or of a study with one point.
StoredValues read_stored(hid_t root, const Column& column, const std::vector<hsize_t>& shape);
/// Stored values of a column as numbers; NaN where failed or missing.
std::vector<double> numbers_of(const Column& column, const std::vector<std::int32_t>& stored);
std::vector<Status> read_status(hid_t root, const std::vector<hsize_t>& shape);

}  // namespace truce::results
