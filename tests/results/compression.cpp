#include "results/detail/compression.hpp"

#include <libdeflate.h>

#include <cmath>
#include <cstring>

#include "support/catch.hpp"
#include "support/uniform.hpp"

using truce::results::compressed;

namespace {

/// What any reader gets: the stream decompressed, its bytes brought back to their numbers.
template <class T>
std::vector<T> read_back(const std::vector<std::uint8_t>& chunk, std::size_t count) {
  std::vector<std::uint8_t> shuffled(count * sizeof(T));
  libdeflate_decompressor* const own = libdeflate_alloc_decompressor();
  const auto outcome = libdeflate_zlib_decompress(own, chunk.data(), chunk.size(), shuffled.data(),
                                                  shuffled.size(), nullptr);
  libdeflate_free_decompressor(own);
  REQUIRE(outcome == LIBDEFLATE_SUCCESS);
  std::vector<T> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t place = 0; place < sizeof(T); ++place) {
      std::memcpy(reinterpret_cast<char*>(&values[i]) + place, &shuffled[place * count + i], 1);
    }
  }
  return values;
}

template <class T>
double bytes_per_value(const std::vector<T>& values) {
  const auto chunk = compressed(std::as_bytes(std::span(values)), sizeof(T));
  CHECK(std::memcmp(read_back<T>(chunk, values.size()).data(), values.data(),
                    values.size() * sizeof(T)) == 0);
  return static_cast<double>(chunk.size()) / static_cast<double>(values.size());
}

}  // namespace

TEST_CASE("compressed chunks are streams that any reader takes, and small where there is order") {
  constexpr std::size_t count = 65'536;
  truce::test::Uniform uniform(1);
  std::vector<double> real(count), waiting(count), mostly_zero(count);
  std::vector<std::int64_t> numbers(count);
  std::vector<std::int32_t> persons(count);
  std::vector<std::int8_t> codes(count);
  for (std::size_t i = 0; i < count; ++i) {
    real[i] = uniform();
    waiting[i] = uniform() < 0.5 ? 240 : -10 * std::log(uniform());
    mostly_zero[i] = uniform() < 0.9 ? 0 : uniform();
    numbers[i] = static_cast<std::int64_t>(i);
    persons[i] = static_cast<std::int32_t>(40 * uniform());
    codes[i] = uniform() < 0.5 ? 1 : 2;
  }
  CHECK(bytes_per_value(real) < 7.3);  // its 52 random bits are 6.5 bytes
  CHECK(bytes_per_value(waiting) < 5.1);
  CHECK(bytes_per_value(mostly_zero) < 1.8);
  CHECK(bytes_per_value(numbers) < 0.1);
  CHECK(bytes_per_value(persons) < 0.9);
  CHECK(bytes_per_value(codes) < 0.2);
}

TEST_CASE("chunks of any size can be read back") {
  truce::test::Uniform uniform(2);
  for (const std::size_t count : {1U, 7U, 8U, 9U, 1000U, 8192U, 65'535U, 70'001U}) {
    std::vector<double> real(count);
    std::vector<std::int32_t> whole(count);
    for (std::size_t i = 0; i < count; ++i) {
      real[i] = uniform();
      whole[i] = static_cast<std::int32_t>(1e9 * uniform());
    }
    bytes_per_value(real);
    bytes_per_value(whole);
  }
}
