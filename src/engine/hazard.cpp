#include "truce/engine/hazard.hpp"

namespace truce::engine {

double HazardTimer::remaining() const {
  constexpr double never = std::numeric_limits<double>::infinity();
  if (running == 0) return never;
  if (excitation == 0) return rate > 0 ? budget / rate : never;
  if (decay == 0) return budget / (rate + excitation);
  if (rate == 0) {
    // Excitation alone integrates to at most excitation / decay.
    const double share = budget * decay / excitation;
    return share < 1 ? -std::log1p(-share) / decay : never;
  }
  // The integral is increasing and concave in time, so Newton's method from the left climbs to the
  // root without passing it.
  double days = budget / (rate + excitation);
  for (int step = 0; step < 100; ++step) {
    const double intensity = rate + excitation * std::exp(-decay * days);
    const double next = days + (budget - integrated(days)) / intensity;
    if (!(next > days)) break;
    days = next;
  }
  return days;
}

}  // namespace truce::engine
