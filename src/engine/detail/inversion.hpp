#pragma once

#include <span>

#include "base/contract.hpp"
#include "engine/laws/law.hpp"

namespace truce::engine {

/// Shape of a gamma distribution with this mean and sd.
inline double gamma_shape(std::span<const double> p) {
  TRUCE_EXPECT(p[1] > 0);
  return p[0] / p[1] * (p[0] / p[1]);
}

/// Quantiles of the standard gamma (scale 1) and beta distributions (on [0, 1]): those of
/// Boost.Math, which lose their precision for large shapes and far out in the tails; there what
/// does not give its probability back is searched for again. `u` is the probability of the tail.
double gamma_inverse(double shape, double u, Tail tail);
double beta_inverse(double a, double b, double u, Tail tail);

/// Their probabilities.
double gamma_probability(double shape, double x, Tail tail);
double beta_probability(double a, double b, double x, Tail tail);

}  // namespace truce::engine
