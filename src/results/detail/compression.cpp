#include "results/detail/compression.hpp"

#include <libdeflate.h>

#include <array>
#include <bit>
#include <cstring>
#include <memory>
#include <new>
#include <stdexcept>

namespace truce::results {

// The file's numbers are little-endian, and go into it as they are in memory.
static_assert(std::endian::native == std::endian::little);

namespace {

/// Of libdeflate's levels: columns of trials come out smaller than by level 4 of gzip, at 60 % of
/// the time that libdeflate's own level 4 takes.
constexpr int effort = 1;

struct Free {
  void operator()(libdeflate_compressor* compressor) const {
    libdeflate_free_compressor(compressor);
  }
  void operator()(libdeflate_decompressor* decompressor) const {
    libdeflate_free_decompressor(decompressor);
  }
};

/// The compressor of this thread.
libdeflate_compressor& compressor() {
  thread_local const std::unique_ptr<libdeflate_compressor, Free> own(
      libdeflate_alloc_compressor(effort));
  if (!own) throw std::bad_alloc();
  return *own;
}

libdeflate_decompressor& decompressor() {
  thread_local const std::unique_ptr<libdeflate_decompressor, Free> own(
      libdeflate_alloc_decompressor());
  if (!own) throw std::bad_alloc();
  return *own;
}

/// The bytes of eight numbers, sorted by their place: a transposition of 8 x 8 bytes (Warren,
/// Hacker's Delight, 2013, 7-3).
void transpose(std::array<std::uint64_t, 8>& rows) {
  const auto exchange = [](std::uint64_t& a, std::uint64_t& b, unsigned shift, std::uint64_t mask) {
    const std::uint64_t differing = ((a >> shift) ^ b) & mask;
    b ^= differing;
    a ^= differing << shift;
  };
  for (std::size_t i = 0; i < 4; ++i) exchange(rows[i], rows[i + 4], 32, 0x00000000ffffffffU);
  for (const std::size_t i : {0U, 1U, 4U, 5U}) {
    exchange(rows[i], rows[i + 2], 16, 0x0000ffff0000ffffU);
  }
  for (std::size_t i = 0; i < 8; i += 2) exchange(rows[i], rows[i + 1], 8, 0x00ff00ff00ff00ffU);
}

void shuffle(std::span<const std::byte> values, std::size_t width,
             std::vector<std::uint8_t>& shuffled) {
  const std::size_t count = values.size() / width;
  shuffled.resize(values.size());
  std::size_t done = 0;
  if (width == sizeof(std::uint64_t)) {
    for (; done + 8 <= count; done += 8) {
      std::array<std::uint64_t, 8> rows{};
      std::memcpy(rows.data(), &values[done * width], sizeof rows);
      transpose(rows);
      for (std::size_t place = 0; place < width; ++place) {
        std::memcpy(&shuffled[place * count + done], &rows[place], sizeof rows[place]);
      }
    }
  }
  for (std::size_t place = 0; place < width; ++place) {
    for (std::size_t i = done; i < count; ++i) {
      shuffled[place * count + i] = static_cast<std::uint8_t>(values[i * width + place]);
    }
  }
}

}  // namespace

std::vector<std::uint8_t> compressed(std::span<const std::byte> values, std::size_t width) {
  // Chunks are large and alike: memory taken for each would be given back and cleared each time.
  thread_local std::vector<std::uint8_t> shuffled;
  thread_local std::vector<std::uint8_t> result;
  shuffle(values, width, shuffled);
  libdeflate_compressor& own = compressor();
  result.resize(libdeflate_zlib_compress_bound(&own, shuffled.size()));
  // There is room for the worst case, so it cannot fail.
  const std::size_t size = libdeflate_zlib_compress(&own, shuffled.data(), shuffled.size(),
                                                    result.data(), result.size());
  return {result.begin(), result.begin() + static_cast<std::ptrdiff_t>(size)};
}

void decompress(std::span<const std::uint8_t> chunk, std::span<std::byte> values,
                std::size_t width) {
  thread_local std::vector<std::uint8_t> shuffled;
  shuffled.resize(values.size());
  if (libdeflate_zlib_decompress(&decompressor(), chunk.data(), chunk.size(), shuffled.data(),
                                 shuffled.size(), nullptr) != LIBDEFLATE_SUCCESS) {
    throw std::runtime_error("compressed values are damaged");
  }
  const std::size_t count = values.size() / width;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t place = 0; place < width; ++place) {
      values[i * width + place] = static_cast<std::byte>(shuffled[place * count + i]);
    }
  }
}

}  // namespace truce::results
