#pragma once

#include "results/seal.hpp"

namespace truce::results {

/// Appends the seal to a closed file. Throws ResultsError.
void write_seal(const std::filesystem::path& path);

}  // namespace truce::results
