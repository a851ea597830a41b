// Runs trials of a scenario in one thread, without writing anything, and prints nanoseconds per
// trial and per event, and a checksum of all that the trials measured: two builds that print the
// same checksum draw and compute the same.
// Usage: bench_trials SCENARIO TRIALS [REPETITIONS]
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdlib>
#include <vector>

#include "truce/model/simulator.hpp"
#include "truce/scenario/compile.hpp"

namespace {

/// FNV-1a over 64-bit words.
class Checksum {
 public:
  void add(double x) {
    hash_ = (hash_ ^ std::bit_cast<std::uint64_t>(x)) * 0x100000001b3ULL;
    hash_ ^= hash_ >> 29U;
  }
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

}  // namespace

int main(int argc, char** argv) {
  using namespace truce;
  if (argc < 3) {
    fmt::print(stderr, "usage: bench_trials SCENARIO TRIALS [REPETITIONS]\n");
    return 2;
  }
  const auto trials = std::strtoull(argv[2], nullptr, 10);
  const int repetitions = argc > 3 ? std::atoi(argv[3]) : 1;
  scenario::Diagnostics diagnostics;
  const auto loaded = scenario::load(argv[1], {}, diagnostics);
  if (!loaded) {
    fmt::print(stderr, "{}", diagnostics.text());
    return 2;
  }
  model::Simulator simulator(loaded->model, {});
  model::TrialRecord record;
  Checksum checksum;
  std::uint64_t events = 0;
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    simulator.run(trial, record);
    for (const double x : record.columns) checksum.add(x);
    for (const model::Segment& s : record.segments) checksum.add(s.value + 1e4 * s.day);
    events += record.events;
  }
  std::vector<double> seconds;
  for (int i = 0; i < repetitions; ++i) {
    const auto start = std::chrono::steady_clock::now();
    for (std::uint64_t trial = 0; trial < trials; ++trial) simulator.run(trial, record);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    seconds.push_back(taken.count());
  }
  std::ranges::sort(seconds);
  const double ns = 1e9 * seconds[seconds.size() / 2];
  fmt::print("{:.0f} ns/trial, {:.1f} ns/event, {:.1f} events/trial, checksum {:016x}\n",
             ns / static_cast<double>(trials), ns / static_cast<double>(events),
             static_cast<double>(events) / static_cast<double>(trials), checksum.value());
  return 0;
}
