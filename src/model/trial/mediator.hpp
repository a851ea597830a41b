#pragma once

#include "model/trial/context.hpp"
#include "model/trial/disputes.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

class Performance;
class Phases;
class Tranches;

/// Opens disputes, has teams mediate them, and draws what follows: settled, so that what is short
/// falls due again; tried again; dropped; or the end of the agreement. A tranche and the dispute
/// over it name each other.
class Mediator {
 public:
  Mediator(World& world, Disputes& disputes, Tranches& tranches, Performance& performance,
           Phases& phases)
      : world_(world),
        disputes_(disputes),
        tranches_(tranches),
        performance_(performance),
        phases_(phases) {}

  void open(BreachSource source, TrancheId tranche);
  /// Gives the first disputes of the queue to teams that are free.
  void mediate();
  /// The mediation of a dispute is over.
  void conclude(DisputeId id);
  void close(DisputeId id);
  /// Closes all at once, without more.
  void lapse();

 private:
  /// What it is about to what is evaluated on its behalf.
  [[nodiscard]] Context context_of(const Dispute& dispute) const;
  Unsettled draw_unsettled(StreamId stream);
  void settle(DisputeId id);
  void drop(DisputeId id);

  World& world_;
  Disputes& disputes_;
  Tranches& tranches_;
  Performance& performance_;
  Phases& phases_;
};

}  // namespace truce::model
