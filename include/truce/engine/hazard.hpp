#pragma once

#include <cmath>
#include <limits>

namespace truce::engine {

/// A timer that fires when its integrated hazard reaches a unit-exponential budget. A change of the
/// rate keeps what is left of the budget, which is exact for piecewise-constant rates. Rates are
/// per day, times in days.
struct HazardTimer {
  double budget = 0;      ///< still to be integrated at `since`
  double rate = 0;        ///< base rate since `since`
  double excitation = 0;  ///< self-excitation at `since`
  double decay = 0;       ///< of the excitation, per day
  double since = 0;
  double running = 0;  ///< 1 while hazard accumulates; a paused timer only lets excitation decay

  /// Integrated intensity over `days` from `since`.
  [[nodiscard]] double integrated(double days) const {
    if (running == 0) return 0;
    return rate * days + excitation_integral(days);
  }

  /// Moves `since` to `now`, using up the budget.
  void advance(double now) {
    const double days = now - since;
    if (days > 0) {
      budget = std::fmax(0.0, budget - integrated(days));
      excitation *= std::exp(-decay * days);
      since = now;
    }
  }

  /// Days from `since` until the budget is used up; infinite when that never happens.
  [[nodiscard]] double remaining() const;

 private:
  [[nodiscard]] double excitation_integral(double days) const {
    if (excitation == 0) return 0;
    if (decay == 0) return excitation * days;
    return excitation / decay * -std::expm1(-decay * days);
  }
};

}  // namespace truce::engine
