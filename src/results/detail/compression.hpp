#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace truce::results {

/// Compression of what is stored by chunks: the bytes of the values sorted by their place
/// ("shuffle"), then gzip of this level, or what is as small.
inline constexpr int compression_level = 4;

/// Bytes of `width` bytes each, as HDF5's filters would store them in a chunk. HDF5 compresses one
/// chunk after the other; this may be called by several threads.
std::vector<std::uint8_t> compressed(std::span<const std::byte> values, std::size_t width);

/// The values, of `width` bytes each, of such a chunk; their number is that of the chunk's. Throws
/// std::runtime_error for what is none.
void decompress(std::span<const std::uint8_t> chunk, std::span<std::byte> values,
                std::size_t width);

}  // namespace truce::results
