#pragma once

#include "model/trial/saved.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

class Effects;
class Hazards;
class Phases;
class Responses;

struct IncidentsState {
  std::uint32_t nested = 0;  ///< how many occur within one another
};

/// What follows when an incident occurs: its severity is drawn, its own rate is excited, trust is
/// shifted, effects act and the other side responds, perhaps by an incident in return.
class Incidents : public Saved<IncidentsState> {
 public:
  Incidents(World& world, Phases& phases, Hazards& hazards, Responses& responses, Effects& effects)
      : world_(world),
        phases_(phases),
        hazards_(hazards),
        responses_(responses),
        effects_(effects) {}
  void reset() { state_.nested = 0; }

  /// Throws TrialError where incidents and retaliation have no end.
  void occur(IncidentId id);

 private:
  double severity_of(const Incident& incident);

  World& world_;
  Phases& phases_;
  Hazards& hazards_;
  Responses& responses_;
  Effects& effects_;
};

}  // namespace truce::model
