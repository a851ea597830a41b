#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/trial/context.hpp"
#include "model/trial/pool.hpp"
#include "model/trial/saved.hpp"
#include "model/trial/tranche.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

class Cohorts;
class Disputes;
class Ledger;
class Performance;
class Restraints;

struct TranchesState {
  Pool<TrancheId, Tranche> tranches;
  std::uint64_t due_order = 0;
  std::uint64_t serial = 0;
  TrancheId first_waiting, last_waiting;  ///< in the order in which they fell due
  std::vector<double> credit;             ///< by obligation: persons freed beforehand
  std::vector<std::uint32_t> started;     ///< by obligation: the last number given
};

/// Tranches from their beginning until it is decided how they are performed: they fall due, wait
/// while their obligation is blocked, start, and are decided on. Each has one step pending, but for
/// those that wait or are closed. Those that wait are in the order in which they fell due. An id
/// holds until the tranche is closed; whoever lets others act looks at `serial` afterwards, as
/// their acts may end the agreement and with it the tranche.
class Tranches : public Saved<TranchesState> {
 public:
  Tranches(World& world, const Cohorts& cohorts, const Disputes& disputes,
           const Restraints& restraints, Ledger& ledger, Performance& performance);
  void reset();

  Tranche& operator[](TrancheId id) { return state_.tranches[id]; }
  const Tranche& operator[](TrancheId id) const { return state_.tranches[id]; }
  /// 0 where there is none.
  [[nodiscard]] std::uint64_t serial_of(TrancheId id) const {
    return id.valid() ? state_.tranches[id].serial : 0;
  }

  /// A tranche of which nothing is pending yet.
  TrancheId create(ObligationId id);
  /// A dated one falls due now.
  void fall_due(ObligationId id, DueEntryId entry);
  /// It falls due after `delay` days.
  void fall_due_later(TrancheId id, double delay);
  /// Its next step, at `time`.
  void schedule(TrancheId id, double time) {
    TRUCE_EXPECT(!state_.tranches[id].slot.valid());
    state_.tranches[id].slot =
        world_.agenda.schedule({.kind = StepKind::tranche, .subject = id}, time);
  }
  void step(TrancheId id);
  /// Those that are blocked no longer start at the end of this time's queue.
  void release_waiting();
  /// Persons freed beforehand, on account of tranches to come.
  void add_credit(ObligationId id, double persons) {
    TRUCE_EXPECT(persons >= 0);
    state_.credit[id.index()] += persons;
  }
  /// What is short of it, after a dispute over it, is owed anew.
  void owe_again(TrancheId id);
  /// Nobody is left to whom it applies.
  void make_void(Tranche& tranche, const char* why);
  /// Nothing is to come of it but what a dispute over it may bring.
  void finish(Tranche& tranche);
  void close(TrancheId id);
  /// A `rest` of the obligation has left nobody held.
  void make_up(ObligationId id);
  /// Calls all of them off.
  void lapse();
  /// What it is to what is evaluated on its behalf.
  [[nodiscard]] Context context_of(const Tranche& tranche) const;

 private:
  [[nodiscard]] bool blocked(ObligationId id) const;
  [[nodiscard]] double held(const Obligation& obligation) const;
  void fall_due(TrancheId id);
  void wait(TrancheId id);
  void start(TrancheId id);
  void start_singly(TrancheId id, double count);
  void cover_by_credit(TrancheId id, double persons);
  void number(Tranche& tranche);
  void decide(TrancheId id);
  /// Draws how it goes; returns the time of its next step.
  double draw_course(Tranche& tranche, const Obligation& obligation);
  /// Persons or weight that it owes now.
  [[nodiscard]] double owed_now(const Tranche& tranche) const;
  double share_of(const Expr& expression, const std::string& owner, const char* key);

  World& world_;
  const Cohorts& cohorts_;
  const Disputes& disputes_;
  const Restraints& restraints_;
  Ledger& ledger_;
  Performance& performance_;
};

}  // namespace truce::model
