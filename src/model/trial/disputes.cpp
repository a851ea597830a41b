#include "model/trial/trial.hpp"

namespace truce::model {

void Trial::open_dispute(Subject kind, std::uint32_t subject, std::uint32_t tranche) {
  const std::uint32_t id = disputes_.acquire();
  disputes_[id] = {
      .tranche = tranche, .subject = subject, .slot = none, .kind = kind, .open = true};
  if (kind == Subject::obligation) ++obligations_[subject].disputes;
  if (tranche != none) tranches_[tranche].dispute = id;
  add(model_.disputes_open, 1);
  raise(model_.dispute_opened);
  enqueue(id);
  mediate();
}

void Trial::enqueue(std::uint32_t id) {
  disputes_[id].next = none;
  disputes_[id].previous = queue_last_;
  disputes_[id].queued = true;
  (queue_last_ == none ? queue_first_ : disputes_[queue_last_].next) = id;
  queue_last_ = id;
}

void Trial::mediate() {
  if (queue_first_ == none) return;
  const double teams = numbers_(model_.mediation.teams, 1);
  while (queue_first_ != none && teams_busy_ + 1 <= teams) {
    const std::uint32_t id = queue_first_;
    take_from_queue(id);
    ++teams_busy_;
    const Dispute& dispute = disputes_[id];
    const Expr& takes = dispute.kind == Subject::obligation
                            ? model_.obligations[ObligationId{dispute.subject}].mediation_takes
                            : model_.incidents[IncidentId{dispute.subject}].mediation_takes;
    disputes_[id].slot = schedule({.kind = StepKind::mediation, .subject = id},
                                  now_ + duration(takes, "mediation", "takes"));
  }
}

void Trial::conclude(std::uint32_t id) {
  Dispute& dispute = disputes_[id];
  dispute.slot = none;
  --teams_busy_;
  const bool on_obligation = dispute.kind == Subject::obligation;
  const std::uint32_t subject = dispute.subject;
  const SubjectPlaces& places = on_obligation ? model_.obligations[ObligationId{subject}].subject
                                              : model_.incidents[IncidentId{subject}].subject;
  if (telling()) {
    why_ = "mediation over " + (on_obligation ? model_.obligations[ObligationId{subject}].name
                                              : model_.incidents[IncidentId{subject}].name);
  }
  if (chance(model_.mediation.settles, places.settles)) {
    settle_dispute(id);
  } else {
    switch (unsettled(places.unsettled)) {
      case Unsettled::retry:
        note("disputes", ".retried");
        enqueue(id);
        break;
      case Unsettled::drop:
        raise(model_.dispute_failed);
        drop_dispute(id);
        break;
      case Unsettled::withdraw:
        raise(model_.dispute_failed);
        collapse(on_obligation ? model_.obligations[ObligationId{subject}].cause
                               : model_.incidents[IncidentId{subject}].cause);
        break;
    }
  }
  mediate();
}

Unsettled Trial::unsettled(PlaceId place) {
  const auto& weights = model_.mediation.unsettled;
  const bool given = weights[0].present() || weights[1].present() || weights[2].present();
  return given ? static_cast<Unsettled>(choose(weights, place)) : Unsettled::drop;
}

void Trial::settle_dispute(std::uint32_t id) {
  const Dispute dispute = disputes_[id];
  close_dispute(id);
  raise(model_.dispute_settled);
  PartyId by;
  PartyId to;
  if (dispute.kind == Subject::obligation) {
    by = model_.obligations[ObligationId{dispute.subject}].by;
    to = model_.obligations[ObligationId{dispute.subject}].to;
  } else {
    by = model_.incidents[IncidentId{dispute.subject}].by;
    to = model_.incidents[IncidentId{dispute.subject}].to;
  }
  shift_trust(by, &Party::on_settled);
  shift_trust(to, &Party::on_settled);
  if (dispute.tranche == none) return;
  Tranche& tranche = tranches_[dispute.tranche];
  if (tranche.stage == Stage::overdue) {
    cancel(tranche.slot);  // all of it falls due again
  } else {
    // A refused `rest` is owed to those who were held when it was refused.
    if (tranche.owed == Owed::all) tranche.owed = Owed::count;
    tranche.count = tranche.shortfall;
  }
  if (tranche.owed != Owed::all && tranche.count == 0) return fulfil(dispute.tranche);
  tranche.refused = false;
  tranche.stage = Stage::to_fall_due;
  tranche.slot = schedule({.kind = StepKind::tranche, .subject = dispute.tranche}, now_);
}

void Trial::drop_dispute(std::uint32_t id) {
  const std::uint32_t tranche = disputes_[id].tranche;
  close_dispute(id);
  if (tranche != none) close(tranche);
}

void Trial::close_dispute(std::uint32_t id) {
  const Dispute dispute = disputes_[id];
  if (dispute.slot != none) {
    cancel(disputes_[id].slot);
    --teams_busy_;
  } else if (dispute.queued) {
    take_from_queue(id);
  }
  if (dispute.kind == Subject::obligation) --obligations_[dispute.subject].disputes;
  if (dispute.tranche != none) tranches_[dispute.tranche].dispute = none;
  disputes_.release(id);
  add(model_.disputes_open, -1);
  mark(model_.waits_reactor);
}

void Trial::take_from_queue(std::uint32_t id) {
  Dispute& dispute = disputes_[id];
  dispute.queued = false;
  (dispute.previous == none ? queue_first_ : disputes_[dispute.previous].next) = dispute.next;
  (dispute.next == none ? queue_last_ : disputes_[dispute.next].previous) = dispute.previous;
}

void Trial::lapse_disputes() {
  for (std::uint32_t id = 0; id < disputes_.size(); ++id) {
    if (disputes_[id].open) cancel(disputes_[id].slot);
  }
  disputes_.clear();
  queue_first_ = queue_last_ = none;
  teams_busy_ = 0;
  for (ObligationState& state : obligations_) state.disputes = 0;
  set(model_.disputes_open, 0);
}

}  // namespace truce::model
