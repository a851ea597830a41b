#pragma once

#include <cstddef>
#include <random>
#include <vector>

namespace truce::test {

/// A sample over many orders of magnitude: exp(2 z), z normal.
inline std::vector<double> lognormal(std::size_t n, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<double> result(n);
  std::lognormal_distribution<double> distribution(0, 2);
  for (double& x : result) x = distribution(random);
  return result;
}

}  // namespace truce::test
