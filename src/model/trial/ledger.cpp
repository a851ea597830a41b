#include "model/trial/ledger.hpp"

#include <algorithm>

namespace truce::model {

Ledger::Ledger(World& world) : world_(world) {
  state_.short_of.resize(world.model.obligations.size());
}

void Ledger::reset() {
  state_.not_done = state_.left_short = 0;
  std::ranges::fill(state_.short_of, 0);
  state_.lapsed = false;
}

void Ledger::lapse() {
  state_.lapsed = state_.lapsed || state_.not_done > 0;
  state_.not_done = 0;
  changed();
}

void Ledger::miss(Tranche& tranche, double amount) {
  TRUCE_EXPECT(amount >= 0);
  if (amount == tranche.missing) return;
  world_.add(world_.model.obligations[tranche.obligation].missing, amount - tranche.missing);
  tranche.missing = amount;
}

void Ledger::leave_short(ObligationId id) {
  ++state_.left_short;
  ++state_.short_of[id.index()];
  changed();
}

void Ledger::make_up(ObligationId id, Pool<TrancheId, Tranche>& tranches) {
  for (const TrancheId each : tranches.ids()) {
    Tranche& tranche = tranches[each];
    if (tranche.serial == 0 || tranche.obligation != id || tranche.missing == 0) continue;
    tranche.missing = 0;
    tranche.made_up = true;
  }
  world_.set(world_.model.obligations[id].missing, 0);
  TRUCE_EXPECT(state_.short_of[id.index()] <= state_.left_short);
  state_.left_short -= state_.short_of[id.index()];
  state_.short_of[id.index()] = 0;
  changed();
}

}  // namespace truce::model
