#pragma once

#include <algorithm>
#include <limits>

#include "base/contract.hpp"

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
  bool armed = false;  ///< whether what it is scheduled for still holds, while nothing changes
  bool rough = false;  ///< whether it may be scheduled too early

  /// Moves `since` to `now`, using up the budget.
  void advance(double now) {
    TRUCE_EXPECT(now >= since && sound());
    const double days = now - since;
    if (days > 0) {
      if (excitation == 0) {
        budget = std::max(0.0, budget - running * rate * days);
      } else {
        decay_over(days);
      }
      since = now;
    }
    TRUCE_ENSURE(since == now && sound());
  }

  /// Days from `since` until the budget is used up; infinite when that never happens.
  [[nodiscard]] double remaining() const {
    TRUCE_EXPECT(sound());
    constexpr double never = std::numeric_limits<double>::infinity();
    if (running == 0) return never;
    if (excitation == 0) return rate > 0 ? budget / rate : never;
    return remaining_excited();
  }

  /// Whether `remaining` takes a search, so that `soonest` is worth asking first.
  [[nodiscard]] bool searches() const {
    return running != 0 && excitation != 0 && rate != 0 && decay != 0;
  }
  /// Where it does: days that are never more than `remaining`, and close to it. The later of two
  /// times that are too early: as if the excitation did not decay, and as if all of it came at
  /// once.
  [[nodiscard]] double soonest() const {
    TRUCE_EXPECT(searches() && sound());
    return std::max(budget / (rate + excitation), (budget - excitation / decay) / rate);
  }

 private:
  /// Whether nothing of it is negative, or no number.
  [[nodiscard]] bool sound() const {
    return budget >= 0 && rate >= 0 && excitation >= 0 && decay >= 0 &&
           (running == 0 || running == 1);
  }
  void decay_over(double days);
  [[nodiscard]] double remaining_excited() const;
};

}  // namespace truce::engine
