#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/contract.hpp"

namespace truce::engine {

/// Recorded in every result. It changes whenever the numbers drawn for a scenario change.
inline constexpr std::string_view random_generator =
    "philox4x32-10 by (seed; trial, stream, draw), v2";

/// Identity of a random stream: a 48-bit hash of its name in the scenario, so that adding or
/// removing other streams leaves its draws as they are.
enum class StreamKey : std::uint64_t {};

/// FNV-1a over the name, finished with the mixer of SplitMix64, cut to 48 bits.
StreamKey stream_key(std::string_view name);

/// The 128 random bits at (trial, stream, block): Philox4x32-10 (Salmon et al., SC'11) keyed by the
/// seed. Trials and streams have 48 bits each, blocks 32. Draw k of a stream is word k % 2 of its
/// block k / 2.
std::array<std::uint64_t, 2> random_block(std::uint64_t seed, std::uint64_t trial, StreamKey key,
                                          std::uint32_t block);

/// The open unit interval in steps of 2^-52: never 0 and never 1, and 1 - u is exact.
constexpr double open_unit(std::uint64_t bits) {
  return (static_cast<double>(static_cast<std::int64_t>(bits >> 12)) + 0.5) * 0x1p-52;
}

/// How far a stream has been drawn from in a trial.
struct StreamState {
  std::uint64_t spare = 0;  ///< second word of the last block
  std::uint32_t drawn = 0;
  std::uint32_t spare_is = 0;  ///< the number of the draw that `spare` is; 0: of none
  /// Sum over its draws of what each was less what was to be expected of it, given all before:
  /// u - 1/2, or 1 or 0 for what happened less its probability. A position happens where it is
  /// below the first probability that it is held against, a choice where it is the last
  /// alternative, if that can be chosen. The sum's own expectation is 0, which makes it a control
  /// variate.
  double control = 0;
};

/// Draws of one trial: `uniform` returns draw number `stream.drawn` of the stream and counts it.
/// Who has no use for a draw may count it and save the rest.
class TrialRandom {
 public:
  /// Of a trial below 2^48.
  TrialRandom(std::uint64_t seed, std::uint64_t trial) : seed_(seed), trial_(trial) {
    TRUCE_EXPECT(trial >> 48U == 0);
  }

  /// The draws of a fork of the trial: other streams, keyed by its number as well. Fork 0 has the
  /// same. What is left in a StreamState of a block drawn before is to be dropped (`spare_is`).
  [[nodiscard]] TrialRandom fork(std::uint64_t number) const;

  double uniform(StreamKey key, StreamState& stream) const {
    TRUCE_EXPECT(stream.drawn != ~std::uint32_t{0});
    const std::uint32_t k = stream.drawn++;
    return k == stream.spare_is && k != 0 ? open_unit(stream.spare) : compute(k, key, stream);
  }

 private:
  /// Draw k, whose block is computed.
  [[gnu::noinline]] double compute(std::uint32_t k, StreamKey key, StreamState& stream) const;

  std::uint64_t seed_;  ///< of a fork: mixed with its number
  std::uint64_t trial_;
};

}  // namespace truce::engine
