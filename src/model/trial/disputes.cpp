#include "model/trial/disputes.hpp"

#include <algorithm>

namespace truce::model {

void Disputes::reset() {
  state_.disputes.clear();
  state_.first = state_.last = DisputeId{};
  state_.teams_busy = 0;
  std::ranges::fill(state_.open_on, 0);
}

DisputeId Disputes::open(BreachSource source, TrancheId tranche, double severity) {
  TRUCE_EXPECT(source.valid());
  const DisputeId id = state_.disputes.acquire();
  state_.disputes[id].source = source;
  state_.disputes[id].tranche = tranche;
  state_.disputes[id].severity = severity;
  if (source.obligation.valid()) ++state_.open_on[source.obligation.index()];
  enqueue(id);
  return id;
}

DisputeId Disputes::take(double teams) {
  const DisputeId id = state_.first;
  if (!id.valid() || !(state_.teams_busy + 1 <= teams)) return {};
  unlink(id);
  state_.disputes[id].stage = Dispute::Stage::mediated;
  ++state_.teams_busy;
  return id;
}

void Disputes::conclude(DisputeId id) {
  Dispute& dispute = state_.disputes[id];
  TRUCE_EXPECT(dispute.stage == Dispute::Stage::mediated && state_.teams_busy > 0);
  dispute.slot = SlotId{};
  dispute.stage = Dispute::Stage::concluded;
  --state_.teams_busy;
}

void Disputes::queue_again(DisputeId id) {
  TRUCE_EXPECT(state_.disputes[id].stage == Dispute::Stage::concluded);
  enqueue(id);
}

Dispute Disputes::close(DisputeId id) {
  const Dispute dispute = state_.disputes[id];
  TRUCE_EXPECT(dispute.stage != Dispute::Stage::free && !dispute.slot.valid());
  TRUCE_EXPECT(dispute.stage != Dispute::Stage::mediated || state_.teams_busy > 0);
  if (dispute.stage == Dispute::Stage::mediated) --state_.teams_busy;
  if (dispute.stage == Dispute::Stage::queued) unlink(id);
  const ObligationId obligation = dispute.source.obligation;
  TRUCE_EXPECT(!obligation.valid() || any_on(obligation));
  if (obligation.valid()) --state_.open_on[obligation.index()];
  state_.disputes.release(id);
  return dispute;
}

void Disputes::enqueue(DisputeId id) {
  Dispute& dispute = state_.disputes[id];
  dispute.next = DisputeId{};
  dispute.previous = state_.last;
  dispute.stage = Dispute::Stage::queued;
  (state_.last.valid() ? state_.disputes[state_.last].next : state_.first) = id;
  state_.last = id;
}

void Disputes::unlink(DisputeId id) {
  const Dispute& dispute = state_.disputes[id];
  (dispute.previous.valid() ? state_.disputes[dispute.previous].next : state_.first) = dispute.next;
  (dispute.next.valid() ? state_.disputes[dispute.next].previous : state_.last) = dispute.previous;
}

}  // namespace truce::model
