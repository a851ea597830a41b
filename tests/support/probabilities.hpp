#pragma once

#include <array>
#include <vector>

#include "engine/random.hpp"

namespace truce::test {

/// From the least to the largest that a draw can be.
inline constexpr std::array probabilities = {
    0x1p-53, 1e-9, 1e-4, 0.01, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.99, 1 - 1e-4, 1 - 0x1p-53};

/// The first n draws of a stream.
inline std::vector<double> uniforms(std::size_t n) {
  std::vector<double> u;
  const engine::TrialRandom random(4711, 0);
  engine::StreamState stream;
  for (std::size_t i = 0; i < n; ++i)
    u.push_back(random.uniform(engine::stream_key("test"), stream));
  return u;
}

}  // namespace truce::test
