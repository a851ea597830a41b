#include "results/controlled.hpp"

namespace truce::results {

Estimate better_of(const Estimate& plain, const ControlledMean& controlled, double z) {
  constexpr double least_gain = 1.1;  // less is not worth two means of the same thing
  if (!(controlled.gain >= least_gain)) return plain;
  const double half = z * controlled.se;
  return {controlled.mean, {controlled.mean - half, controlled.mean + half}, true};
}

}  // namespace truce::results
