#pragma once

#include <span>

#include "truce/engine/distributions.hpp"

namespace truce::engine {

/// The continuous families. `upper` false: P(X <= x), true: P(X > x), which keeps its precision in
/// the upper tail.
enum class Tail { lower, upper };

/// Shape of a gamma distribution with this mean and sd.
double gamma_shape(std::span<const double> p);

/// A beta distribution on [low, low + width].
struct Beta {
  double a, b, low, width;
};

/// Of `beta` and of `pert` with low < high.
Beta beta_of(Family family, std::span<const double> p);

double continuous_quantile(Family family, std::span<const double> p, double u, Tail tail);
double continuous_probability(Family family, std::span<const double> p, double x, Tail tail);
double continuous_mean(Family family, std::span<const double> p);
double continuous_variance(Family family, std::span<const double> p);

}  // namespace truce::engine
