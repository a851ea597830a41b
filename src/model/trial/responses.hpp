#pragma once

#include "model/trial/breach_source.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

class Incidents;
class Mediator;
class Phases;
class Restraints;
class Tranches;

/// What a side does about a breach, by its policy.
class Responses {
 public:
  Responses(World& world, Phases& phases, Tranches& tranches, Mediator& mediator,
            Restraints& restraints, Incidents& incidents)
      : world_(world),
        phases_(phases),
        tranches_(tranches),
        mediator_(mediator),
        restraints_(restraints),
        incidents_(incidents) {}

  /// The party responds; `tranche` is the one breached, if it was one. Draws in `stream`.
  void respond(PolicyId id, PartyId party, BreachSource source, TrancheId tranche, StreamId stream);

 private:
  World& world_;
  Phases& phases_;
  Tranches& tranches_;
  Mediator& mediator_;
  Restraints& restraints_;
  Incidents& incidents_;
};

}  // namespace truce::model
