#include "engine/random.hpp"

#include <Random123/philox.h>

namespace truce::engine {

namespace {

/// The mixer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): a permutation of 64 bits.
std::uint64_t mixed(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebULL;
  return bits ^ bits >> 31U;
}

}  // namespace

StreamKey stream_key(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return StreamKey{mixed(hash) >> 16U};
}

std::array<std::uint64_t, 2> random_block(std::uint64_t seed, std::uint64_t trial, StreamKey stream,
                                          std::uint32_t block) {
  const auto stream_bits = static_cast<std::uint64_t>(stream);
  TRUCE_EXPECT(trial >> 48U == 0 && stream_bits >> 48U == 0);
  const r123::Philox4x32::ctr_type counter = {
      {block, static_cast<std::uint32_t>(stream_bits), static_cast<std::uint32_t>(trial),
       static_cast<std::uint32_t>((stream_bits >> 32U) << 16U | (trial >> 32U & 0xffffU))}};
  const r123::Philox4x32::key_type key = {
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)}};
  const auto bits = r123::Philox4x32{}(counter, key);
  const auto word = [&](std::size_t i) {
    return static_cast<std::uint64_t>(bits[i]) << 32U | bits[i + 1];
  };
  return {word(0), word(2)};
}

TrialRandom TrialRandom::fork(std::uint64_t number) const {
  if (number == 0) return *this;
  constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ULL;
  return {mixed(mixed(seed_) + golden * number), trial_};
}

double TrialRandom::compute(std::uint32_t k, StreamKey key, StreamState& stream) const {
  const auto block = random_block(seed_, trial_, key, k >> 1U);
  if ((k & 1U) != 0) return open_unit(block[1]);
  stream.spare = block[1];
  stream.spare_is = k + 1;
  return open_unit(block[0]);
}

}  // namespace truce::engine
