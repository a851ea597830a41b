#pragma once

#include <cstdint>

#include "engine/normal.hpp"
#include "engine/random.hpp"

namespace truce::test {

/// A sequence of random numbers for tests.
class Uniform {
 public:
  explicit Uniform(std::uint64_t seed) : random_(seed, 0), place_(engine::stream_key("test")) {}

  double operator()() { return random_.uniform(place_, stream_); }
  double normal() { return engine::inverse_normal((*this)()); }

 private:
  engine::TrialRandom random_;
  engine::StreamKey place_;
  engine::StreamState stream_;
};

}  // namespace truce::test
