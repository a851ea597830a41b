#pragma once

#include <algorithm>

#include "engine/detail/inversion.hpp"
#include "engine/laws/law.hpp"

namespace truce::engine {

/// A beta distribution on [low, low + width].
struct Beta {
  double a, b, low, width;

  [[nodiscard]] double quantile(double u, Tail tail) const {
    return low + width * beta_inverse(a, b, u, tail);
  }
  [[nodiscard]] double probability(double x, Tail tail) const {
    return laws::bounded(low, low + width, x, tail, [&] {
      return beta_probability(a, b, std::clamp((x - low) / width, 0.0, 1.0), tail);
    });
  }
  [[nodiscard]] double variance() const {
    const double sum = a + b;
    return width * width * a * b / (sum * sum * (sum + 1));
  }
};

/// PERT with low < high: a beta distribution on [low, high] whose mean is (low + 4 mode + high)
/// / 6.
inline Beta pert_as_beta(std::span<const double> p) {
  TRUCE_EXPECT(p[0] < p[2]);
  const double width = p[2] - p[0];
  return {1 + 4 * (p[1] - p[0]) / width, 1 + 4 * (p[2] - p[1]) / width, p[0], width};
}

}  // namespace truce::engine
