#include "engine/random.hpp"

#include <array>
#include <cmath>
#include <vector>

#include "support/catch.hpp"

using namespace truce::engine;

TEST_CASE("blocks are those of Philox4x32-10") {
  // Known answers published with Random123 (kat_vectors).
  CHECK(random_block(0, 0, StreamKey{0}, 0) ==
        std::array<std::uint64_t, 2>{0x6627e8d5e169c58dULL, 0xbc57ac4c9b00dbd8ULL});
  constexpr std::uint64_t ones48 = (std::uint64_t{1} << 48U) - 1;
  CHECK(random_block(~std::uint64_t{0}, ones48, StreamKey{ones48}, ~std::uint32_t{0}) ==
        std::array<std::uint64_t, 2>{0x408f276d41c83b0eULL, 0xa20bc7c66d5451fdULL});
  // Counter words: block, stream's low half, trial's low half, then both high parts.
  CHECK(random_block(0x299f31d0a4093822ULL, 0x734413198a2eULL, StreamKey{0x037085a308d3ULL},
                     0x243f6a88U) ==
        std::array<std::uint64_t, 2>{0xd16cfe0994fdccebULL, 0x5001e42024126ea1ULL});
}

TEST_CASE("draws of a stream are pinned") {
  const TrialRandom random(20240121, 7);
  const StreamKey key = stream_key("release_civilians.comply");
  StreamState stream;
  std::vector<double> draws;
  for (int k = 0; k < 5; ++k) draws.push_back(random.uniform(key, stream));
  CHECK(stream.drawn == 5);
  const std::vector<double> pinned = {0x1.4c9e0967c5e5ep-2, 0x1.6e2de93122553p-1,
                                      0x1.8466069c18fd8p-4, 0x1.eeceb16bd3dc6p-2,
                                      0x1.da54fe59ed792p-2};
  for (std::size_t k = 0; k < pinned.size(); ++k) CHECK(draws[k] == pinned[k]);
}

TEST_CASE("draw k depends on seed, trial, stream and k alone") {
  const StreamKey a = stream_key("a");
  const StreamKey b = stream_key("b");
  const TrialRandom random(1, 2);
  StreamState alone;
  StreamState mixed_a;
  StreamState mixed_b;
  for (std::uint32_t k = 0; k < 100; ++k) {
    const double u = random.uniform(a, alone);
    if (k % 3 == 0) random.uniform(b, mixed_b);
    CHECK(random.uniform(a, mixed_a) == u);
    const auto block = random_block(1, 2, a, k / 2);
    CHECK(u == open_unit(block[k % 2]));
  }
  StreamState other;
  CHECK(TrialRandom(1, 3).uniform(a, other) != open_unit(random_block(1, 2, a, 0)[0]));
  other = {};
  CHECK(TrialRandom(2, 2).uniform(a, other) != open_unit(random_block(1, 2, a, 0)[0]));
}

TEST_CASE("a draw that is passed over leaves the others as they are") {
  const StreamKey key = stream_key("a");
  const TrialRandom random(1, 2);
  for (unsigned passed_over = 0; passed_over < 256; ++passed_over) {
    StreamState all;
    StreamState some;
    for (unsigned k = 0; k < 8; ++k) {
      const double u = random.uniform(key, all);
      if ((passed_over >> k & 1U) != 0) {
        ++some.drawn;
      } else {
        CHECK(random.uniform(key, some) == u);
      }
    }
  }
}

TEST_CASE("uniform numbers stay inside the open interval") {
  CHECK(open_unit(0) > 0);
  CHECK(open_unit(~std::uint64_t{0}) < 1);
  CHECK(1 - open_unit(~std::uint64_t{0}) == open_unit(0));
}

TEST_CASE("keys of streams are pinned") {
  CHECK(static_cast<std::uint64_t>(stream_key("")) == 0xf52a15e9a9b5);
  CHECK(static_cast<std::uint64_t>(stream_key("rocket_fire")) == 0xd1cbe88aefef);
  CHECK(static_cast<std::uint64_t>(stream_key("a")) < (std::uint64_t{1} << 48U));
}

TEST_CASE("uniform numbers across trials and streams are uniform and uncorrelated") {
  // 20 equal bins, and the correlation of neighbours in trial, stream and draw.
  constexpr int trials = 20'000;
  std::array<double, 20> bins{};
  double neighbours = 0;
  double last = 0.5;
  double across_streams = 0;
  const StreamKey a = stream_key("one");
  const StreamKey b = stream_key("two");
  for (std::uint64_t i = 0; i < trials; ++i) {
    const TrialRandom random(99, i);
    StreamState sa;
    StreamState sb;
    for (int k = 0; k < 4; ++k) {
      const double u = random.uniform(a, sa);
      const double v = random.uniform(b, sb);
      ++bins[static_cast<std::size_t>(u * 20)];
      neighbours += (u - 0.5) * (last - 0.5);
      across_streams += (u - 0.5) * (v - 0.5);
      last = u;
    }
  }
  constexpr double n = 4.0 * trials;
  double chi_square = 0;
  for (const double count : bins) chi_square += (count - n / 20) * (count - n / 20) / (n / 20);
  CHECK(chi_square < 45);  // 19 degrees of freedom, p = 0.0007
  const double limit = 4.0 / 12.0 / std::sqrt(n);
  CHECK(std::fabs(neighbours / n) < limit);
  CHECK(std::fabs(across_streams / n) < limit);
}
