#pragma once

#include <cstdint>
#include <filesystem>

#include "results/error.hpp"

namespace truce::results {

enum class Seal : std::uint8_t {
  intact,   ///< the file is as it was written
  missing,  ///< changed since by way of HDF5, which cuts it off, not whole, or of another program
  broken,   ///< what it says does not fit the file: damage
};

/// The last line of every finished file, behind the end of what HDF5 reads: the number of bytes
/// before it, and their CRC-32 (IEEE 802.3), which tells every change of up to three bits and every
/// one within 32 adjacent bits. Throws ResultsError where the file cannot be read.
Seal seal_of(const std::filesystem::path& path);

/// Throws ResultsError unless the file is as it was written.
void require_seal(const std::filesystem::path& path);

}  // namespace truce::results
