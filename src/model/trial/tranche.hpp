#pragma once

#include <cstdint>
#include <limits>

#include "model/entities.hpp"

namespace truce::model {

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

/// What has become of a tranche, in truth.
enum class Fate : std::uint8_t {
  open,     ///< nothing yet
  refused,  ///< nothing will come
  short_,   ///< performed under its tolerance
  full,     ///< performed at or above it, or covered by credit
  void_,    ///< there is nobody to whom it applies
};

/// One tranche of an obligation from its falling due to its end.
struct Tranche {
  std::uint64_t order = 0;         ///< in which tranches fell due
  std::uint64_t serial = 0;        ///< never used twice in a trial; 0: of none
  double count = 0;                ///< persons owed; of effects: the weight that is left
  double share = 1;                ///< to be delivered
  double owes = 0;                 ///< persons or weight, once performed or refused
  double delivered = 0;            ///< persons or weight
  double shortfall = 0;            ///< persons or weight
  double missing = 0;              ///< persons or weight, of the obligation's `missing`
  double to_answer_seen = 0;       ///< persons to be answered once the tranche is seen
  double to_answer_performed = 0;  ///< the same once it is performed
  double perform_at = 0;           ///< of a late one; when it was performed, once it is
  double in_time_until = std::numeric_limits<double>::infinity();  ///< T + takes + grace
  ObligationId obligation;
  DueEntryId entry;  ///< whose count is read when it starts
  SlotId slot;       ///< of its next step
  DisputeId dispute;
  TrancheId next_waiting;
  std::uint32_t number = 0;  ///< among those of its obligation that came to be started
  Owed owed = Owed::count;
  Stage stage = Stage::free;
  Fate fate = Fate::open;
  bool single = false;   ///< one person of a tranche that goes singly
  bool of_rest = false;  ///< owes all who are held, or is one person of such a one
  bool done = false;     ///< told to the ledger
  bool made_up = false;  ///< a later `rest` has made up for what it left

  [[nodiscard]] bool performed() const { return fate == Fate::short_ || fate == Fate::full; }
};

}  // namespace truce::model
