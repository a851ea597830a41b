#pragma once

#include <filesystem>
#include <optional>

#include "results/error.hpp"
#include "results/turning_points.hpp"

namespace truce::results {

/// Which chance decides, of a file that a RunReader has opened: what it says of all trials and of
/// each stream, but for `to`. Nothing where the file is none of `truce why -o`. Throws
/// ResultsError.
std::optional<TurningPoints> turning_points_in(const std::filesystem::path& file);

}  // namespace truce::results
