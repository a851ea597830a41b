#pragma once

#include "results/detail/hdf5.hpp"
#include "results/turning_points.hpp"

namespace truce::results {

/// Writes the group /turning_points.
void write_turning_points(hid_t root, const TurningPoints& points);

}  // namespace truce::results
