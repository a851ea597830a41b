#pragma once

#include <cstdint>
#include <vector>

#include "model/trial/pool.hpp"
#include "model/trial/saved.hpp"
#include "model/trial/tranche.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

struct LedgerState {
  std::uint64_t not_done = 0;           ///< tranches that are scheduled and not yet done
  std::uint64_t left_short = 0;         ///< tranches that were left under their tolerance
  std::vector<std::uint32_t> short_of;  ///< those by obligation
  bool lapsed = false;                  ///< whether any tranche was called off before it was done
};

/// What is owed and given, in truth, whatever is seen of it: per obligation what has been delivered
/// and what is missing, and whether the agreement is kept, as the variables of these names say.
/// `missing` is the sum of the tranches' `missing`, until a `rest` that leaves nobody held makes up
/// for all of it.
class Ledger : public Saved<LedgerState> {
 public:
  explicit Ledger(World& world);
  /// Nothing is scheduled.
  void reset();

  /// A tranche is scheduled, or is to be done anew.
  void expect() {
    ++state_.not_done;
    changed();
  }
  /// It is done, or another takes its place; once for each that is expected.
  void done() {
    TRUCE_EXPECT(state_.not_done > 0);
    --state_.not_done;
    changed();
  }
  /// Everything that is not done is called off.
  void lapse();

  /// Whether all that the phases begun so far have scheduled is done, and done in full.
  [[nodiscard]] bool kept() const {
    return state_.not_done == 0 && state_.left_short == 0 && !state_.lapsed;
  }

  void deliver(ObligationId id, double amount) {
    TRUCE_EXPECT(amount >= 0);
    if (amount != 0) world_.add(world_.model.obligations[id].delivered, amount);
  }
  /// From now on so much is missing of the tranche.
  void miss(Tranche& tranche, double amount);
  /// The tranche ends under its tolerance.
  void leave_short(ObligationId id);
  /// A `rest` of this obligation leaves nobody held.
  void make_up(ObligationId id, Pool<TrancheId, Tranche>& tranches);

 private:
  void changed() {
    if (world_.model.reads_kept) world_.set(world_.model.kept, kept() ? 1 : 0);
  }

  World& world_;
};

}  // namespace truce::model
