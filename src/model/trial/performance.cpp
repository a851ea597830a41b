#include <algorithm>

#include "model/trial/trial.hpp"
#include "model/whole.hpp"

namespace truce::model {

namespace {

constexpr double share_tolerance = 1e-9;

}  // namespace

void Trial::perform(std::uint32_t id) {
  const ObligationId owner = tranches_[id].obligation;
  const Obligation& obligation = model_.obligations[owner];
  const bool overdue = tranches_[id].stage == Stage::overdue;
  const std::uint64_t serial = tranches_[id].serial;
  if (telling()) why_ = overdue ? "at last" : "";
  if (obligation.delivery == Delivery::effects) {
    Tranche& tranche = tranches_[id];
    const double share = tranche.share;
    const double weight = tranche.count;
    tranche.delivered = share;
    tranche.shortfall = weight * std::max(0.0, 1 - share);
    tranche.stage = Stage::seen;
    raise(obligation.performed, share);
    act(obligation.effects,
        {.share = share, .weight = weight, .full = share >= full_share(obligation)});
  } else {
    perform_release(tranches_[id], obligation);
  }
  // What it does may have ended the agreement, and with it the tranche.
  if (ended_ || tranches_[id].serial != serial) return;
  join_answers(tranches_[id], Upon::performed);
  trigger_answers(owner, Upon::performed);
  if (overdue) return remedy(id);
  tranches_[id].stage = Stage::seen;
  tranches_[id].slot = schedule(
      {.kind = StepKind::tranche, .subject = id},
      now_ + duration(obligation.verifier_takes, obligation.name, "takes of its verifier"));
}

void Trial::perform_release(Tranche& tranche, const Obligation& obligation) {
  const double present = held(obligation);
  const double owed = tranche.owed == Owed::all ? present : std::min(tranche.count, present);
  double freed = 0;
  if (tranche.share <= 1) {
    freed = std::min(owed, whole_down(tranche.share * owed));
  } else {
    freed = tranche.owed == Owed::all
                ? present
                : std::min(present, whole_nearest(tranche.share * tranche.count));
  }
  tranche.to_answer_seen += freed;
  tranche.to_answer_performed += freed;
  tranche.delivered = owed > 0 ? freed / owed : 1;
  tranche.shortfall = std::max(0.0, owed - freed);
  raise(obligation.performed, freed);
  free_persons(obligation.cohort, obligation.delivery, freed);
}

void Trial::see(std::uint32_t id) {
  const Tranche& tranche = tranches_[id];
  const Obligation& obligation = model_.obligations[tranche.obligation];
  const bool deficient = tranche.refused || tranche.delivered < full_share(obligation);
  bool breached = deficient;
  if (obligation.verified) {
    if (deficient) {
      breached = chance(obligation.detects, obligation.seen_place);
    } else {
      breached = obligation.false_alarms.present() &&
                 chance(obligation.false_alarms, obligation.seen_place);
    }
  }
  if (telling()) {
    why_ = tranche.refused ? "refused" : deficient ? "short" : "in full";
    if (breached != deficient) why_ += deficient ? ", undetected" : ", a false alarm";
  }
  if (breached) {
    breach(id);
  } else {
    fulfil(id);
  }
}

double Trial::full_share(const Obligation& obligation) {
  return numbers_(obligation.tolerance, 1) - share_tolerance;
}

void Trial::fulfil(std::uint32_t id) {
  const ObligationId owner = tranches_[id].obligation;
  const Obligation& obligation = model_.obligations[owner];
  join_answers(tranches_[id], Upon::performed);  // those of a tranche covered by credit
  join_answers(tranches_[id], Upon::fulfilled);
  raise(obligation.fulfilled);
  shift_trust(obligation.to, &Party::on_fulfilled);
  trigger_answers(owner, Upon::fulfilled);
  close(id);
}

void Trial::breach(std::uint32_t id) {
  const Tranche& tranche = tranches_[id];
  const Obligation& obligation = model_.obligations[tranche.obligation];
  const std::uint64_t serial = tranche.serial;
  join_answers(tranches_[id], Upon::fulfilled);
  raise(obligation.breached);
  shift_trust(obligation.to, &Party::on_breached);
  if (obligation.policy.valid()) {
    respond(obligation.policy, obligation.to, Subject::obligation,
            static_cast<std::uint32_t>(tranche.obligation.index()), id,
            obligation.subject.response);
  }
  if (tranches_[id].serial != serial) return;  // the agreement collapsed
  if (tranches_[id].stage == Stage::overdue) return;
  if (tranches_[id].dispute != none) {
    tranches_[id].stage = Stage::closed;
  } else {
    close(id);
  }
}

void Trial::remedy(std::uint32_t id) {
  const ObligationId owner = tranches_[id].obligation;
  const Obligation& obligation = model_.obligations[owner];
  const std::uint64_t serial = tranches_[id].serial;
  if (telling()) why_ = "performed after its breach";
  join_answers(tranches_[id], Upon::fulfilled);
  raise(obligation.remedied);
  if (tranches_[id].dispute != none) close_dispute(tranches_[id].dispute);
  lift_over(serial);
  trigger_answers(owner, Upon::fulfilled);
  close(id);
  mediate();
}

void Trial::join_answers(Tranche& tranche, Upon upon) {
  double& persons = upon == Upon::performed ? tranche.to_answer_performed : tranche.to_answer_seen;
  for (const ObligationId answer : model_.obligations[tranche.obligation].answers) {
    if (model_.obligations[answer].upon == upon) {
      obligations_[answer.index()].answerable += persons;
    }
  }
  persons = 0;
}

void Trial::trigger_answers(ObligationId id, Upon upon) {
  for (const ObligationId answer : model_.obligations[id].answers) {
    const Obligation& obligation = model_.obligations[answer];
    if (obligation.upon != upon) continue;
    double& answerable = obligations_[answer.index()].answerable;
    const std::uint32_t tranche = new_tranche(answer);
    if (obligation.delivery != Delivery::effects) {
      const double count = obligation.count.present() ? numbers_(obligation.count)
                                                      : numbers_(obligation.ratio, 1) * answerable;
      tranches_[tranche].count = persons(count, obligation.name);
    }
    answerable = 0;
    tranches_[tranche].stage = Stage::to_fall_due;
    tranches_[tranche].slot = schedule({.kind = StepKind::tranche, .subject = tranche},
                                       now_ + duration(obligation.lag, obligation.name, "lag"));
  }
}

}  // namespace truce::model
