#include "compression.hpp"

#include <zlib.h>

#include <bit>
#include <new>

namespace truce::results {

// The file's numbers are little-endian, and go into it as they are in memory.
static_assert(std::endian::native == std::endian::little);

std::vector<std::uint8_t> compressed(std::span<const std::byte> values, std::size_t width) {
  const std::size_t count = values.size() / width;
  std::vector<Bytef> shuffled(values.size());
  for (std::size_t place = 0; place < width; ++place) {
    for (std::size_t i = 0; i < count; ++i) {
      shuffled[place * count + i] = static_cast<Bytef>(values[i * width + place]);
    }
  }
  uLongf size = compressBound(shuffled.size());
  std::vector<std::uint8_t> result(size);
  // With room for the worst case it can only fail for want of memory.
  if (compress2(result.data(), &size, shuffled.data(), shuffled.size(), compression_level) !=
      Z_OK) {
    throw std::bad_alloc();
  }
  result.resize(size);
  return result;
}

}  // namespace truce::results
