#include "model/trial/mediator.hpp"

#include <utility>

#include "model/trial/performance.hpp"
#include "model/trial/phases.hpp"
#include "model/trial/tranches.hpp"

namespace truce::model {

void Mediator::open(BreachSource source, TrancheId tranche) {
  const DisputeId id = disputes_.open(source, tranche, ContextScope::read(world_).severity);
  TRUCE_EXPECT(!tranche.valid() || !tranches_[tranche].dispute.valid());
  if (tranche.valid()) tranches_[tranche].dispute = id;
  world_.add(world_.model.disputes_open, 1);
  world_.raise(world_.model.dispute_opened);
  mediate();
}

void Mediator::mediate() {
  if (!disputes_.any_queued()) return;
  const double teams = world_.numbers(world_.model.mediation.teams, 1);
  for (DisputeId id = disputes_.take(teams); id.valid(); id = disputes_.take(teams)) {
    const ContextScope context(world_, [&] { return context_of(disputes_[id]); });
    const Expr& takes = disputes_[id].source.in(
        world_.model, [](const auto& source) -> const Expr& { return source.mediation_takes; });
    const double days = world_.duration(takes, "mediation", "takes");
    disputes_[id].slot =
        world_.agenda.schedule({.kind = StepKind::mediation, .subject = id}, world_.now() + days);
  }
}

void Mediator::conclude(DisputeId id) {
  disputes_.conclude(id);
  const BreachSource source = disputes_[id].source;
  const BreachStreams& streams =
      source.in(world_.model, [](const auto& of) -> const BreachStreams& { return of.streams; });
  if (world_.trace.on()) world_.because("mediation over ", source.name(world_.model));
  const ContextScope context(world_, [&] { return context_of(disputes_[id]); });
  if (world_.chance(world_.model.mediation.settles, streams.settles)) {
    settle(id);
  } else {
    switch (draw_unsettled(streams.unsettled)) {
      case Unsettled::retry:
        world_.note("disputes", ".retried");
        disputes_.queue_again(id);
        break;
      case Unsettled::drop:
        world_.raise(world_.model.dispute_failed);
        drop(id);
        break;
      case Unsettled::withdraw:
        world_.raise(world_.model.dispute_failed);
        phases_.collapse(source.cause(world_.model));
        break;
    }
  }
  mediate();
}

Unsettled Mediator::draw_unsettled(StreamId stream) {
  const auto& weights = world_.model.mediation.unsettled;
  const bool given = weights[0].present() || weights[1].present() || weights[2].present();
  if (!given) return Unsettled::drop;
  return unsettled_choices[world_.choose(weights, stream)];
}

void Mediator::settle(DisputeId id) {
  const Dispute dispute = disputes_[id];
  close(id);
  world_.raise(world_.model.dispute_settled);
  const auto [by, to] = dispute.source.in(
      world_.model, [](const auto& source) { return std::pair(source.by, source.to); });
  world_.shift_trust(by, &Party::on_settled);
  world_.shift_trust(to, &Party::on_settled);
  if (!dispute.tranche.valid()) return;
  Tranche& tranche = tranches_[dispute.tranche];
  if (tranche.fate == Fate::void_) return tranches_.close(dispute.tranche);
  if (tranche.stage == Stage::overdue) {
    world_.agenda.cancel(tranche.slot);  // all of it falls due again
  } else {
    // A refused `rest` is owed to those who were held when it was refused.
    if (tranche.owed == Owed::all) tranche.owed = Owed::count;
    tranche.count = tranche.shortfall;
  }
  if (tranche.owed != Owed::all && tranche.count == 0) return performance_.fulfil(dispute.tranche);
  tranches_.owe_again(dispute.tranche);
}

Context Mediator::context_of(const Dispute& dispute) const {
  if (dispute.tranche.valid()) return tranches_.context_of(tranches_[dispute.tranche]);
  return {.severity = dispute.severity};
}

void Mediator::drop(DisputeId id) {
  const TrancheId tranche = disputes_[id].tranche;
  close(id);
  if (tranche.valid()) tranches_.close(tranche);
}

void Mediator::close(DisputeId id) {
  world_.agenda.cancel(disputes_[id].slot);
  const Dispute dispute = disputes_.close(id);
  TRUCE_EXPECT(!dispute.tranche.valid() || tranches_[dispute.tranche].dispute == id);
  if (dispute.tranche.valid()) tranches_[dispute.tranche].dispute = DisputeId{};
  world_.add(world_.model.disputes_open, -1);
  TRUCE_ENSURE(world_.value(world_.model.disputes_open) >= 0);
  world_.dependencies.mark(world_.model.waits_watcher);
}

void Mediator::lapse() {
  for (const DisputeId id : disputes_.ids()) world_.agenda.cancel(disputes_[id].slot);
  disputes_.reset();
  world_.set(world_.model.disputes_open, 0);
}

}  // namespace truce::model
