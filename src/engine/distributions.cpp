#include "truce/engine/distributions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "continuous.hpp"
#include "discrete.hpp"

namespace truce::engine {

namespace {

double probability_above(Family family, std::span<const double> p, double x) {
  return is_discrete(family) ? discrete_above(family, p, x)
                             : continuous_probability(family, p, x, Tail::upper);
}

}  // namespace

double quantile(Family family, std::span<const double> p, double u) {
  return is_discrete(family) ? discrete_quantile(family, p, u)
                             : continuous_quantile(family, p, u, Tail::lower);
}

double cdf(Family family, std::span<const double> p, double x) {
  return is_discrete(family) ? discrete_cdf(family, p, x)
                             : continuous_probability(family, p, x, Tail::lower);
}

double cdf_below(Family family, std::span<const double> p, double x) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return cdf(family, p, std::nextafter(x, -infinity));
}

double mean(Family family, std::span<const double> p) {
  return is_discrete(family) ? discrete_mean(family, p) : continuous_mean(family, p);
}

double variance(Family family, std::span<const double> p) {
  return is_discrete(family) ? discrete_variance(family, p) : continuous_variance(family, p);
}

double truncated_quantile(Family family, std::span<const double> p, double low, double high,
                          double u) {
  if (family == Family::choice) return truncated_choice(p, low, high, u);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const double below = cdf_below(family, p, low);
  const double upto = cdf(family, p, high);
  if (!(low <= high)) return none;
  // Where the bounds lie in the upper half, tail probabilities keep the precision that 1 - p loses.
  if (below > 0.5) {
    const double above_low =
        probability_above(family, p, is_discrete(family) ? std::nextafter(low, -infinity) : low);
    const double above_high = probability_above(family, p, high);
    if (!(above_low > above_high)) return none;
    const double v = above_low - u * (above_low - above_high);
    return is_discrete(family)
               ? std::clamp(discrete_quantile(family, p, v, Tail::upper), std::ceil(low),
                            std::floor(high))
               : std::clamp(continuous_quantile(family, p, v, Tail::upper), low, high);
  }
  if (is_discrete(family)) {
    if (!(upto > below)) return none;
    const double x = quantile(family, p, std::min(below + u * (upto - below), upto));
    return std::clamp(x, std::ceil(low), std::floor(high));
  }
  if (!(upto > below)) return none;
  return std::clamp(continuous_quantile(family, p, below + u * (upto - below), Tail::lower), low,
                    high);
}

}  // namespace truce::engine
