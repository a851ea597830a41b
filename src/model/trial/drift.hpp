#pragma once

#include <cstdint>
#include <vector>

#include "model/trial/saved.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

struct DriftState {
  std::uint64_t ticks = 0;
};

/// Ticks: levels drift all at once, from what they were before, and what depends on the time is
/// read again. Tick n is at n times their distance, so that no error adds up.
class Drift : public Saved<DriftState> {
 public:
  /// Throws TrialError where the time between ticks is not positive.
  explicit Drift(World& world);
  void reset() { state_.ticks = 0; }

  /// Schedules the first tick, if anything depends on ticks.
  void begin();
  void tick();

 private:
  World& world_;
  const double days_;               ///< between ticks
  std::vector<double> new_levels_;  ///< within a tick
};

}  // namespace truce::model
