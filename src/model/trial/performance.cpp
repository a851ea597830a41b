#include "model/trial/performance.hpp"

#include <algorithm>

#include "model/trial/answers.hpp"
#include "model/trial/cohorts.hpp"
#include "model/trial/effects.hpp"
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
  world_.because(overdue ? "at last" : "");
  if (obligation.delivery == Delivery::effects) {
    Tranche& tranche = tranches_[id];
    const double share = tranche.share;
    const double weight = tranche.count;
    tranche.delivered = share;
    tranche.shortfall = weight * std::max(0.0, 1 - share);
    tranche.stage = Stage::seen;
    world_.raise(obligation.performed, share);
    effects_.act(obligation.effects,
                 {.share = share, .weight = weight, .full = share >= full_share(obligation)});
  } else {
    perform_release(tranches_[id], obligation);
  }
  // What it does may have ended the agreement, and with it the tranche.
  if (phases_.ended() || tranches_[id].serial != serial) return;
  answers_.join(tranches_[id], Upon::performed);
  answers_.trigger(owner, Upon::performed);
  if (overdue) return remedy(id);
  tranches_[id].stage = Stage::seen;
  const double takes =
      world_.duration(obligation.verifier_takes, obligation.name, "takes of its verifier");
  tranches_.schedule(id, world_.now() + takes);
}

void Performance::perform_release(Tranche& tranche, const Obligation& obligation) {
  const double present = cohorts_.held(obligation.cohort, obligation.delivery);
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
  world_.raise(obligation.performed, freed);
  cohorts_.free_persons(obligation.cohort, obligation.delivery, freed);
}

void Performance::see(TrancheId id) {
  const Tranche& tranche = tranches_[id];
  const Obligation& obligation = world_.model.obligations[tranche.obligation];
  const bool deficient = tranche.refused || tranche.delivered < full_share(obligation);
  bool breached = deficient;
  if (obligation.verified) {
    if (deficient) {
      breached = world_.chance(obligation.detects, obligation.seen_stream);
    } else {
      breached = obligation.false_alarms.present() &&
                 world_.chance(obligation.false_alarms, obligation.seen_stream);
    }
  }
  world_.because(tranche.refused ? "refused"
                 : deficient     ? "short"
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

double Performance::full_share(const Obligation& obligation) {
  return world_.numbers(obligation.tolerance, 1) - share_tolerance;
}

void Performance::fulfil(TrancheId id) {
  const ObligationId owner = tranches_[id].obligation;
  const Obligation& obligation = world_.model.obligations[owner];
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
