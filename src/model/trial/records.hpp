#pragma once

#include <cstdint>
#include <limits>

#include "model/ids.hpp"
#include "model/model.hpp"

/// The records of a trial's state: those that come and go (tranches, disputes, restraints, and the
/// steps that the calendar's slots stand for), and what every obligation, talks and measure has.
/// All are trivially copyable.
namespace truce::model {

inline constexpr std::uint32_t none = ~std::uint32_t{0};

/// What a slot of the calendar does when its time comes.
enum class StepKind : std::uint32_t {
  free,
  horizon,
  tick,
  phase_limit,
  incident,
  trigger,
  mortality,
  talks_step,
  talks_deadline,
  due,              ///< the next dated tranche
  series,           ///< the next of a series without end: subject series
  tranche,          ///< the next step of a tranche: subject tranche
  mediation,        ///< subject dispute
  restraint,        ///< beginning or end of a hold or suspension: subject restraint
  delayed_effects,  ///< subject delayed effects
};

struct Step {
  StepKind kind = StepKind::free;
  std::uint32_t subject = 0;
};

/// How much of its effects a tranche performs: a share of the weight that is owed.
struct Portion {
  double share = 1;
  double weight = 1;
  bool full = true;  ///< whether effects that cannot be divided act
};

/// An effect with its followers, to act after a delay with the portion of what caused it.
struct DelayedEffects {
  Portion portion;
  Range effects;
};

/// A dated tranche that is still to come.
struct Dated {
  double time = 0;
  std::uint64_t place = 0;  ///< in the order of scheduling
  ObligationId obligation;
  std::uint32_t entry = 0;
};

/// Dated tranches that go on as long as a phase is active.
struct Series {
  double start = 0;
  double every = 0;
  std::uint32_t number = 0;  ///< of the next one
  ObligationId obligation;
  std::uint32_t entry = 0;
  std::uint32_t run = 0;  ///< of the phase
};

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
  std::uint64_t serial = 0;        ///< never used twice in a trial
  double count = 0;                ///< persons owed; of effects: the weight that is left
  double share = 1;                ///< to be delivered
  double delivered = 0;            ///< share delivered, relative to what was owed
  double shortfall = 0;            ///< persons, or weight
  double to_answer_seen = 0;       ///< persons to be answered once the tranche is seen
  double to_answer_performed = 0;  ///< the same once it is performed
  double perform_at = 0;
  ObligationId obligation;
  std::uint32_t entry = none;  ///< due entry whose count is read when it starts
  std::uint32_t slot = none;   ///< of its next step
  std::uint32_t dispute = none;
  std::uint32_t next_waiting = none;
  Owed owed = Owed::count;
  Stage stage = Stage::free;
  bool single = false;  ///< one person of a tranche that goes singly
  bool refused = false;
};

enum class Subject : std::uint8_t { obligation, incident };

struct Dispute {
  std::uint32_t tranche = none;
  std::uint32_t subject = 0;  ///< obligation or incident
  std::uint32_t slot = none;  ///< of its mediation, while a team has it
  std::uint32_t next = none;  ///< in the queue
  std::uint32_t previous = none;
  bool queued = false;
  Subject kind = Subject::obligation;
  bool open = false;
};

enum class RestraintKind : std::uint8_t { suspension, hold };

/// A suspension of a party or a hold of an obligation.
struct Restraint {
  std::uint64_t tranche = 0;  ///< serial of the breached tranche, 0 where there is none
  double lasts = std::numeric_limits<double>::infinity();
  std::uint32_t target = 0;   ///< party or obligation
  std::uint32_t slot = none;  ///< of its beginning (after notice) or end
  RestraintKind kind = RestraintKind::suspension;
  bool used = false;
  bool active = false;
};

/// What an obligation has beside its tranches.
struct ObligationState {
  double credit = 0;
  double answerable = 0;  ///< persons of the obligation that it is against, not yet answered
  std::uint32_t disputes = 0;
  std::uint32_t holds = 0;
};

struct TalksState {
  bool ratifying = false;
};

/// A measure with what it has measured so far.
struct MeasureState {
  Measure measure;
  std::uint32_t segment = none;  ///< the last one of a timeline
  double value = 0;
  double since = 0;
  double total = 0;
};

}  // namespace truce::model
