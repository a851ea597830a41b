#include "engine/distributions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/laws/law.hpp"

namespace truce::engine {

namespace {

/// Whether parameters have no problem, where that is cheap to say: quantiles of experts are fitted
/// anew each time that they are looked at.
[[maybe_unused]] bool is_sound(Family family, std::span<const double> p) {
  return family.law().parameters.empty() || parameter_problem(family, p).empty();
}

double inverted_within(Family family, std::span<const double> p, double low, double high,
                       double u) {
  const Law& law = family.law();
  if (law.truncated != nullptr) return law.truncated(p, low, high, u);
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (!(low <= high)) return none;
  const auto within = [&](double x) {
    return law.discrete ? std::clamp(x, std::ceil(low), std::floor(high))
                        : std::clamp(x, low, high);
  };
  const double before = law.discrete ? std::nextafter(low, -infinity) : low;
  const double below = cdf_below(family, p, low);
  // Where the bounds lie in the upper half, tail probabilities keep the precision that 1 - p loses.
  if (below > 0.5) {
    const double above_low = law.probability(p, before, Tail::upper);
    const double above_high = law.probability(p, high, Tail::upper);
    if (!(above_low > above_high)) return none;
    return within(law.quantile(p, above_low - u * (above_low - above_high), Tail::upper));
  }
  const double upto = cdf(family, p, high);
  if (!(upto > below)) return none;
  // Rounding must not lead beyond the bounds, nor to where no quantile is.
  const double most = std::min(upto, std::nextafter(1.0, 0.0));
  return within(law.quantile(p, std::min(below + u * (upto - below), most), Tail::lower));
}

}  // namespace

double quantile(Family family, std::span<const double> p, double u) {
  TRUCE_EXPECT(is_sound(family, p));
  TRUCE_EXPECT(u > 0 && u < 1);
  return family.law().quantile(p, u, Tail::lower);
}

double cdf(Family family, std::span<const double> p, double x) {
  TRUCE_EXPECT(is_sound(family, p));
  TRUCE_EXPECT(!std::isnan(x));
  return family.law().probability(p, x, Tail::lower);
}

double cdf_below(Family family, std::span<const double> p, double x) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return cdf(family, p, std::nextafter(x, -infinity));
}

double mean(Family family, std::span<const double> p) {
  TRUCE_EXPECT(is_sound(family, p));
  return family.law().mean(p);
}

double variance(Family family, std::span<const double> p) {
  TRUCE_EXPECT(is_sound(family, p));
  return family.law().variance(p);
}

double truncated_quantile(Family family, std::span<const double> p, double low, double high,
                          double u) {
  TRUCE_EXPECT(is_sound(family, p));
  TRUCE_EXPECT(u > 0 && u < 1);
  const double x = inverted_within(family, p, low, high, u);
  TRUCE_ENSURE(std::isnan(x) || (x >= low && x <= high));
  return x;
}

}  // namespace truce::engine
