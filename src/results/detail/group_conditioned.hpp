#pragma once

#include <optional>

#include "results/conditioned.hpp"
#include "results/detail/hdf5.hpp"

namespace truce::results {

/// The groups /evidence and, where parameters are drawn, /posterior.
void write_conditioned(hid_t root, const Conditioned& conditioned);
/// Of a file with so many rows; nothing where it has no such groups. Throws hdf5::Error.
std::optional<Conditioned> read_conditioned_groups(hid_t root, std::uint64_t rows);

}  // namespace truce::results
