#pragma once

#include <vector>

#include "results/detail/hdf5.hpp"
#include "results/failures.hpp"

namespace truce::results {

// The group /failures: a flat table of reasons, there only where trials failed.

/// Of a run `points` has one element, of a study those points where trials failed, ascending.
enum class PointAxis : std::uint8_t { absent, present };
void write_failures(hid_t root, const std::vector<PointFailures>& points, PointAxis axis);
/// What was written, with `failed` as the sum of the reasons, and without `trials`; nothing where
/// the group is missing.
std::vector<PointFailures> read_failures(hid_t root);

}  // namespace truce::results
