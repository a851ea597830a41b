#pragma once

#include "model/trial/tranches.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

class Answers;
class Effects;
class Ledger;
class Mediator;
class Phases;
class Responses;

/// What becomes of a tranche that has been decided on: it is performed, seen by the other side, and
/// found fulfilled or breached; one that was late is performed after its breach.
class Performance {
 public:
  Performance(World& world, Phases& phases, Cohorts& cohorts, Tranches& tranches, Ledger& ledger,
              Answers& answers, Restraints& restraints, Mediator& mediator, Responses& responses,
              Effects& effects)
      : world_(world),
        phases_(phases),
        cohorts_(cohorts),
        tranches_(tranches),
        ledger_(ledger),
        answers_(answers),
        restraints_(restraints),
        mediator_(mediator),
        responses_(responses),
        effects_(effects) {}

  void perform(TrancheId id);
  /// The other side, or its verifier, looks at what was performed.
  void see(TrancheId id);
  void fulfil(TrancheId id);
  void breach(TrancheId id);

 private:
  void perform_effects(Tranche& tranche, const Obligation& obligation, double least);
  void perform_release(Tranche& tranche, const Obligation& obligation, double least);
  void find_void(TrancheId id);
  void enter(Tranche& tranche, double owes, double delivered, double share, double least);
  void remedy(TrancheId id);

  World& world_;
  Phases& phases_;
  Cohorts& cohorts_;
  Tranches& tranches_;
  Ledger& ledger_;
  Answers& answers_;
  Restraints& restraints_;
  Mediator& mediator_;
  Responses& responses_;
  Effects& effects_;
};

}  // namespace truce::model
