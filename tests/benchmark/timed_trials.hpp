#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstdint>
#include <vector>

#include "model/simulator.hpp"

namespace truce::benchmark {

/// A checksum of what trials measure (FNV-1a over 64-bit words, with one more mixing step): two
/// programs that print the same one draw and compute the same.
class Checksum {
 public:
  void add(const model::TrialRecord& record) {
    for (const double x : record.columns) add(x + 0.0);
    for (const model::Segment& s : record.segments) add(s.value + 1e4 * s.day + 1e9 * s.timeline);
  }
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  void add(double x) {
    hash_ = (hash_ ^ std::bit_cast<std::uint64_t>(x)) * 0x100000001b3ULL;
    hash_ ^= hash_ >> 29U;
  }

  std::uint64_t hash_ = 0xcbf29ce484222325ULL;
};

/// Runs trials 0, 1, ... of `simulator` once for the checksum, then so many times for the median of
/// the time, in one thread, and prints what was found.
template <class Simulator>
void print_timed_trials(Simulator& simulator, std::uint64_t trials, int repetitions) {
  model::TrialRecord record;
  Checksum checksum;
  std::uint64_t events = 0;
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    simulator.run(trial, record);
    checksum.add(record);
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
  const double ns = seconds.empty() ? 0 : 1e9 * seconds[seconds.size() / 2];
  fmt::print("{:.0f} ns/trial, {:.1f} ns/event, {:.1f} events/trial, checksum {:016x}\n",
             ns / static_cast<double>(trials), ns / static_cast<double>(events),
             static_cast<double>(events) / static_cast<double>(trials), checksum.value());
}

}  // namespace truce::benchmark
