#include "compression.hpp"

#include <libdeflate.h>

#include <bit>
#include <memory>
#include <new>

namespace truce::results {

// The file's numbers are little-endian, and go into it as they are in memory.
static_assert(std::endian::native == std::endian::little);

namespace {

struct Free {
  void operator()(libdeflate_compressor* compressor) const {
    libdeflate_free_compressor(compressor);
  }
};

/// The compressor of this thread.
libdeflate_compressor& compressor() {
  thread_local const std::unique_ptr<libdeflate_compressor, Free> own(
      libdeflate_alloc_compressor(compression_level));
  if (!own) throw std::bad_alloc();
  return *own;
}

}  // namespace

std::vector<std::uint8_t> compressed(std::span<const std::byte> values, std::size_t width) {
  const std::size_t count = values.size() / width;
  std::vector<std::uint8_t> shuffled(values.size());
  for (std::size_t place = 0; place < width; ++place) {
    for (std::size_t i = 0; i < count; ++i) {
      shuffled[place * count + i] = static_cast<std::uint8_t>(values[i * width + place]);
    }
  }
  libdeflate_compressor& own = compressor();
  std::vector<std::uint8_t> result(libdeflate_zlib_compress_bound(&own, shuffled.size()));
  // There is room for the worst case, so it cannot fail.
  result.resize(libdeflate_zlib_compress(&own, shuffled.data(), shuffled.size(), result.data(),
                                         result.size()));
  return result;
}

}  // namespace truce::results
