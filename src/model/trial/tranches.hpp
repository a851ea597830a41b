#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/trial/pool.hpp"
#include "model/trial/saved.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

class Cohorts;
class Disputes;
class Performance;
class Restraints;

enum class Stage : std::uint8_t {
  free,
  to_fall_due,
  waiting,   ///< due, but blocked
  starting,  ///< freed: starts at the end of this time's queue
  underway,  ///< decided, to be performed
  late,      ///< decided to be late beyond its grace: seen as breached next
  seen,      ///< performed or refused, to be seen by the other side
  overdue,   ///< breached by lateness, still to be performed
  closed,    ///< breached and over, kept while a dispute is open
};

enum class Owed : std::uint8_t { count, all, effects };

/// One tranche of an obligation from its falling due to its end.
struct Tranche {
  std::uint64_t order = 0;         ///< in which tranches fell due
  std::uint64_t serial = 0;        ///< never used twice in a trial; 0: of none
  double count = 0;                ///< persons owed; of effects: the weight that is left
  double share = 1;                ///< to be delivered
  double delivered = 0;            ///< share delivered, relative to what was owed
  double shortfall = 0;            ///< persons, or weight
  double to_answer_seen = 0;       ///< persons to be answered once the tranche is seen
  double to_answer_performed = 0;  ///< the same once it is performed
  double perform_at = 0;
  ObligationId obligation;
  DueEntryId entry;  ///< whose count is read when it starts
  SlotId slot;       ///< of its next step
  DisputeId dispute;
  TrancheId next_waiting;
  Owed owed = Owed::count;
  Stage stage = Stage::free;
  bool single = false;  ///< one person of a tranche that goes singly
  bool refused = false;
};

struct TranchesState {
  Pool<TrancheId, Tranche> tranches;
  std::uint64_t due_order = 0;
  std::uint64_t serial = 0;
  TrancheId first_waiting, last_waiting;  ///< in the order in which they fell due
  std::vector<double> credit;             ///< by obligation: persons freed beforehand
};

/// Tranches from their beginning until it is decided how they are performed: they fall due, wait
/// while their obligation is blocked, start, and are decided on. Each has one step pending, but for
/// those that wait or are closed. Those that wait are in the order in which they fell due. An id
/// holds until the tranche is closed; whoever lets others act looks at `serial` afterwards, as
/// their acts may end the agreement and with it the tranche.
class Tranches : public Saved<TranchesState> {
 public:
  Tranches(World& world, const Cohorts& cohorts, const Disputes& disputes,
           const Restraints& restraints, Performance& performance);
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
    state_.tranches[id].slot =
        world_.agenda.schedule({.kind = StepKind::tranche, .subject = id}, time);
  }
  void step(TrancheId id);
  /// Those that are blocked no longer start at the end of this time's queue.
  void release_waiting();
  /// Persons freed beforehand, on account of tranches to come.
  void add_credit(ObligationId id, double persons) { state_.credit[id.index()] += persons; }
  void close(TrancheId id);
  /// Closes all of them.
  void lapse();

 private:
  [[nodiscard]] bool blocked(ObligationId id) const;
  [[nodiscard]] double held(const Obligation& obligation) const;
  void fall_due(TrancheId id);
  void wait(TrancheId id);
  void start(TrancheId id);
  void start_singly(TrancheId id, double count);
  void decide(TrancheId id);
  double share_of(const Expr& expression, const std::string& owner, const char* key);

  World& world_;
  const Cohorts& cohorts_;
  const Disputes& disputes_;
  const Restraints& restraints_;
  Performance& performance_;
};

}  // namespace truce::model
