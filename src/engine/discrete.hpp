#pragma once

#include <span>

#include "continuous.hpp"
#include "truce/engine/distributions.hpp"

namespace truce::engine {

/// The discrete families on whole numbers, and `choice` on its values in the order written.
/// `u` is the probability of the tail: the smallest k with P(X <= k) >= u, or with P(X > k) <= u.
/// `choice` has a lower tail only.
double discrete_quantile(Family family, std::span<const double> p, double u,
                         Tail tail = Tail::lower);
double discrete_cdf(Family family, std::span<const double> p, double x);
/// P(X > x), which keeps its precision in the upper tail.
double discrete_above(Family family, std::span<const double> p, double x);
double discrete_mean(Family family, std::span<const double> p);
double discrete_variance(Family family, std::span<const double> p);
double truncated_choice(std::span<const double> p, double low, double high, double u);

}  // namespace truce::engine
