#include "engine/hazard.hpp"

#include <cmath>

namespace truce::engine {

void HazardTimer::decay_over(double days) {
  const double change = std::expm1(-decay * days);
  const double from_excitation = decay == 0 ? excitation * days : excitation / decay * -change;
  budget = std::max(0.0, budget - running * (rate * days + from_excitation));
  excitation += excitation * change;
}

double HazardTimer::remaining_excited() const {
  constexpr double never = std::numeric_limits<double>::infinity();
  if (decay == 0) return budget / (rate + excitation);
  if (rate == 0) {
    // Excitation alone integrates to at most excitation / decay.
    const double share = budget * decay / excitation;
    return share < 1 ? -std::log1p(-share) / decay : never;
  }
  // The integral is increasing and concave in time, so Newton's method from the left climbs to the
  // root without passing it. What is left after a step d is at most decay * d * d / 2.
  constexpr double rounding = 0x1p-54;
  double days = soonest();
  for (int step = 0; step < 100; ++step) {
    const double change = std::expm1(-decay * days);
    const double intensity = rate + excitation + excitation * change;
    const double left = budget - (rate * days - excitation / decay * change);
    const double next = days + left / intensity;
    if (!(next > days)) break;
    const double step_taken = next - days;
    days = next;
    if (decay * step_taken * step_taken < rounding * next) break;
  }
  return days;
}

}  // namespace truce::engine
