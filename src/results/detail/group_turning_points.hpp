#pragma once

#include <optional>

#include "results/detail/hdf5.hpp"
#include "results/turning_points.hpp"

namespace truce::results {

/// Writes the group /turning_points.
void write_turning_points(hid_t root, const TurningPoints& points);
/// What it says of all trials and of each stream, but for `to`; nothing where there is no such
/// group. Throws std::runtime_error for one that is damaged.
std::optional<TurningPoints> read_turning_points(hid_t root);

}  // namespace truce::results
