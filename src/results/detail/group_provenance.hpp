#pragma once

#include "results/detail/hdf5.hpp"
#include "results/schema.hpp"

namespace truce::results {

/// The group /provenance, but for the variants of a study.
void write_provenance(hid_t root, const Schema& schema);
/// Reads it into the schema. Throws hdf5::Error.
void read_provenance(hid_t root, Schema& schema);

}  // namespace truce::results
