#pragma once

#include <span>

#include "truce/engine/distributions.hpp"

namespace truce::engine {

/// The discrete families on whole numbers, and `choice` on its values in the order written.
double discrete_quantile(Family family, std::span<const double> p, double u);
double discrete_cdf(Family family, std::span<const double> p, double x);
double discrete_mean(Family family, std::span<const double> p);
double discrete_variance(Family family, std::span<const double> p);
double truncated_choice(std::span<const double> p, double low, double high, double u);

}  // namespace truce::engine
