// The random numbers of truce as 32-bit words, without end, for batteries of tests that read a
// pipe. Usage: stream_words draws|streams|trials|interleaved [SEED] | dieharder -g 200 -a
//   draws        all of one stream in one trial
//   streams      the first of each of many streams, in one trial
//   trials       the first of one stream, in each trial
//   interleaved  the first four of each of 40 streams, trial by trial, as a run uses them
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "engine/random.hpp"

namespace {

using namespace truce::engine;

/// The words of a number that is drawn, for one place after the other.
using Words = std::array<std::uint64_t, 2>;
using Reading = Words (*)(std::uint64_t seed, std::uint64_t place);

StreamKey numbered(std::uint64_t number) {
  return stream_key("stream " + std::to_string(number));
}

Words draws(std::uint64_t seed, std::uint64_t place) {
  static const StreamKey key = numbered(0);
  // A stream has 2^32 blocks in a trial.
  return random_block(seed, place >> 32U, key, static_cast<std::uint32_t>(place));
}

/// Two places at once, as draw 0 is but the first word of its block.
Words streams(std::uint64_t seed, std::uint64_t place) {
  return {random_block(seed, 0, numbered(2 * place), 0)[0],
          random_block(seed, 0, numbered(2 * place + 1), 0)[0]};
}

Words trials(std::uint64_t seed, std::uint64_t place) {
  static const StreamKey key = numbered(0);
  return {random_block(seed, 2 * place, key, 0)[0], random_block(seed, 2 * place + 1, key, 0)[0]};
}

Words interleaved(std::uint64_t seed, std::uint64_t place) {
  constexpr std::uint64_t many = 40;
  static const auto keys = [] {
    std::array<StreamKey, many> made{};
    for (std::uint64_t i = 0; i < many; ++i) made[i] = numbered(i);
    return made;
  }();
  const std::uint64_t in_trial = place % (2 * many);
  return random_block(seed, place / (2 * many), keys[in_trial / 2],
                      static_cast<std::uint32_t>(in_trial % 2));
}

const std::map<std::string, Reading> readings = {
    {"draws", draws}, {"streams", streams}, {"trials", trials}, {"interleaved", interleaved}};

}  // namespace

int main(int argc, char** argv) {
  const auto reading = argc > 1 ? readings.find(argv[1]) : readings.end();
  if (reading == readings.end()) {
    std::fprintf(stderr, "usage: stream_words draws|streams|trials|interleaved [SEED]\n");
    return 2;
  }
  const std::uint64_t seed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
  std::vector<Words> chunk(4096);
  for (std::uint64_t place = 0;;) {
    for (Words& words : chunk) words = reading->second(seed, place++);
    if (std::fwrite(chunk.data(), sizeof(Words), chunk.size(), stdout) != chunk.size()) return 0;
  }
}
