#pragma once

#include <algorithm>
#include <vector>

#include "engine/hazard.hpp"
#include "model/trial/saved.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

struct HazardsState {
  std::vector<engine::HazardTimer> timers;  ///< of incidents, then triggers, then cohorts
};

/// What comes by a rate: incidents, triggers and deaths. Each has a timer with a budget, drawn when
/// it restarts, which its rate uses up; a timer's slot in the agenda is never later than the time
/// at which that happens. It may be earlier (`rough`), as most timers are set anew before their
/// time comes: `first` puts right the one that would be next. Rates are read again where what they
/// depend on has changed, once for all that happens at one time, before time moves on.
class Hazards : public Saved<HazardsState> {
 public:
  explicit Hazards(World& world) : world_(world) { state_.timers.resize(world.agenda.timers()); }
  void reset() { std::ranges::fill(state_.timers, engine::HazardTimer{}); }

  /// Starts the timers, and the clocks of triggers.
  void begin();
  /// Draws a new budget; the rate is to be read again (`refresh`).
  void restart(IncidentId id) {
    restart(world_.agenda.slot(id), world_.model.incidents[id].stream);
  }
  void restart(TriggerId id) {
    restart(world_.agenda.slot(id), world_.model.triggers[id].rate_stream);
  }
  void restart(CohortId id) {
    restart(world_.agenda.slot(id), world_.model.cohorts[id].mortality_stream);
  }
  /// An incident raises its own rate by its jump.
  void excite(IncidentId id);
  /// Reads a rate again, and moves what it brings in the agenda.
  void refresh(const Watcher& rate);
  /// The slot that comes first.
  SlotId first() {
    SlotId slot = world_.agenda.first();
    while (refine(slot)) slot = world_.agenda.first();
    return slot;
  }

 private:
  engine::HazardTimer& timer(SlotId slot) {
    TRUCE_EXPECT(Agenda::timer_of(slot) < state_.timers.size());
    return state_.timers[Agenda::timer_of(slot)];
  }
  void restart(SlotId slot, StreamId stream);
  void refresh(SlotId slot, double running, double rate, double decay);
  /// Moves a timer that is scheduled too early, if this is one.
  bool refine(SlotId slot);

  World& world_;
};

}  // namespace truce::model
