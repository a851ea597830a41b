#include "model/trial/performance.hpp"

#include <algorithm>

#include "model/trial/answers.hpp"
#include "model/trial/cohorts.hpp"
#include "model/trial/effects.hpp"
#include "model/trial/ledger.hpp"
#include "model/trial/mediator.hpp"
#include "model/trial/phases.hpp"
#include "model/trial/responses.hpp"
#include "model/trial/restraints.hpp"
#include "model/whole.hpp"

namespace truce::model {

namespace {

constexpr double share_tolerance = 1e-9;

}  // namespace

void Performance::perform(TrancheId id) {
  const ObligationId owner = tranches_[id].obligation;
  const Obligation& obligation = world_.model.obligations[owner];
  const bool overdue = tranches_[id].stage == Stage::overdue;
  const std::uint64_t serial = tranches_[id].serial;
  const ContextScope before(world_, [&] { return tranches_.context_of(tranches_[id]); });
  world_.because(overdue ? "at last" : "");
  const double least = world_.numbers(obligation.tolerance, 1) - share_tolerance;
  if (obligation.delivery == Delivery::effects) {
    perform_effects(tranches_[id], obligation, least);
  } else if (cohorts_.held(obligation.cohort, obligation.delivery) == 0) {
    return find_void(id);
  } else {
    perform_release(tranches_[id], obligation, least);
  }
  // What it does may have ended the agreement, and with it the tranche.
  if (phases_.stopped() || tranches_[id].serial != serial) return;
  const ContextScope after(world_, [&] { return tranches_.context_of(tranches_[id]); });
  answers_.join(tranches_[id], Upon::performed);
  answers_.trigger(owner, Upon::performed);
  if (tranches_[id].fate == Fate::full && !answers_.any(owner, Upon::fulfilled)) {
    tranches_.finish(tranches_[id]);
  }
  if (overdue) return remedy(id);
  tranches_[id].stage = Stage::seen;
  const double takes =
      world_.duration(obligation.verifier_takes, obligation.name, "takes of its verifier");
  tranches_.schedule(id, world_.now() + takes);
}

/// Notes what has been delivered of what is owed: a share, which is full from `least` on.
void Performance::enter(Tranche& tranche, double owes, double delivered, double share,
                        double least) {
  tranche.owes = owes;
  tranche.delivered = delivered;
  tranche.shortfall = std::max(0.0, owes - delivered);
  tranche.fate = share >= least ? Fate::full : Fate::short_;
  tranche.perform_at = world_.now();
  ledger_.deliver(tranche.obligation, delivered);
  ledger_.miss(tranche, tranche.shortfall);
  // Before its effects act, which may reach the ending.
  const bool answered = !world_.model.obligations[tranche.obligation].answers.empty();
  if (tranche.fate == Fate::full && !answered) tranches_.finish(tranche);
}

void Performance::perform_effects(Tranche& tranche, const Obligation& obligation, double least) {
  const double share = tranche.share;
  const double weight = tranche.count;
  tranche.stage = Stage::seen;
  enter(tranche, weight, weight * share, share, least);
  const ContextScope after(world_, [&] { return tranches_.context_of(tranche); });
  const bool full = tranche.fate == Fate::full;
  world_.raise(obligation.performed, share);
  effects_.act(obligation.effects, {.share = share, .weight = weight, .full = full});
}

void Performance::perform_release(Tranche& tranche, const Obligation& obligation, double least) {
  const double present = cohorts_.held(obligation.cohort, obligation.delivery);
  const double owed = tranche.owed == Owed::all ? present : std::min(tranche.count, present);
  TRUCE_EXPECT(owed > 0);
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
  enter(tranche, owed, freed, freed / owed, least);
  world_.raise(obligation.performed, freed);
  cohorts_.free_persons(obligation.cohort, obligation.delivery, freed);
  if (tranche.of_rest && freed == present) tranches_.make_up(tranche.obligation);
}

/// Nobody is held any more. What a breach by lateness has led to stays.
void Performance::find_void(TrancheId id) {
  Tranche& tranche = tranches_[id];
  answers_.join(tranche, Upon::performed);  // those covered by credit, with the next ones
  answers_.join(tranche, Upon::fulfilled);
  tranche.owes = tranche.shortfall = 0;
  tranches_.make_void(tranche, "nobody is held any more");
  if (tranche.dispute.valid()) {
    tranche.stage = Stage::closed;
    tranches_.finish(tranche);
  } else {
    tranches_.close(id);
  }
}

void Performance::see(TrancheId id) {
  const Tranche& tranche = tranches_[id];
  const Obligation& obligation = world_.model.obligations[tranche.obligation];
  const ContextScope context(world_, [&] { return tranches_.context_of(tranche); });
  const bool deficient = tranche.fate != Fate::full;
  bool breached = deficient;
  if (obligation.verified) {
    if (deficient) {
      breached = world_.chance(obligation.detects, obligation.seen_stream);
    } else {
      breached = obligation.false_alarms.present() &&
                 world_.chance(obligation.false_alarms, obligation.seen_stream);
    }
  }
  world_.because(tranche.fate == Fate::refused ? "refused"
                 : deficient                   ? "short"
                                               : "in full",
                 breached == deficient ? ""
                 : deficient           ? ", undetected"
                                       : ", a false alarm");
  if (breached) {
    breach(id);
  } else {
    fulfil(id);
  }
}

void Performance::fulfil(TrancheId id) {
  const ObligationId owner = tranches_[id].obligation;
  const Obligation& obligation = world_.model.obligations[owner];
  const ContextScope context(world_, [&] { return tranches_.context_of(tranches_[id]); });
  answers_.join(tranches_[id], Upon::performed);  // those of a tranche covered by credit
  answers_.join(tranches_[id], Upon::fulfilled);
  world_.raise(obligation.fulfilled);
  world_.shift_trust(obligation.to, &Party::on_fulfilled);
  answers_.trigger(owner, Upon::fulfilled);
  tranches_.close(id);
}

void Performance::breach(TrancheId id) {
  const Tranche& tranche = tranches_[id];
  const Obligation& obligation = world_.model.obligations[tranche.obligation];
  const std::uint64_t serial = tranche.serial;
  const ContextScope context(world_, [&] { return tranches_.context_of(tranches_[id]); });
  answers_.join(tranches_[id], Upon::fulfilled);
  world_.raise(obligation.breached);
  world_.shift_trust(obligation.to, &Party::on_breached);
  if (obligation.policy.valid()) {
    responses_.respond(obligation.policy, obligation.to, BreachSource{tranche.obligation}, id,
                       obligation.streams.response);
  }
  if (tranches_[id].serial != serial) return;  // the agreement collapsed
  if (tranches_[id].stage == Stage::overdue) return;
  if (tranches_[id].dispute.valid()) {
    tranches_[id].stage = Stage::closed;
  } else {
    tranches_.close(id);
  }
}

void Performance::remedy(TrancheId id) {
  const ObligationId owner = tranches_[id].obligation;
  const Obligation& obligation = world_.model.obligations[owner];
  const std::uint64_t serial = tranches_[id].serial;
  world_.because("performed after its breach");
  answers_.join(tranches_[id], Upon::fulfilled);
  world_.raise(obligation.remedied);
  if (tranches_[id].dispute.valid()) mediator_.close(tranches_[id].dispute);
  restraints_.lift_over(serial);
  answers_.trigger(owner, Upon::fulfilled);
  tranches_.close(id);
  mediator_.mediate();
}

}  // namespace truce::model
