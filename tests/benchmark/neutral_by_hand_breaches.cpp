#include <array>

#include "neutral_by_hand.hpp"

namespace truce::benchmark {

namespace {

constexpr std::array<double, 6> measured = {1, 2, 1, 1, 0.5, 0.2};
enum Response : std::size_t { tolerate, dispute, hold, suspend, retaliate, withdraw };

/// Duties but the last, which nobody leaves over, then shots: numbered after `none`.
std::uint8_t cause_of(std::uint8_t subject) {
  return subject < 4 ? subject + 1 : subject;
}

}  // namespace

void NeutralByHand::occur(Side by) {
  const Side to = by == A ? B : A;
  ++occurred_[by];
  timers_[by].advance(now_);
  timers_[by].excitation += 0.2;
  timers_[by].armed = false;
  shift_trust(to, -0.1);
  respond(to, by == A ? shots_by_a : shots_by_b, nothing);
}

void NeutralByHand::respond(Side party, std::uint8_t subject, std::uint32_t tranche) {
  const std::uint64_t serial = tranche == nothing ? 0 : tranches_[tranche].serial;
  switch (choose(measured, subject_streams_[subject].response)) {
    case dispute:
      return open_dispute(subject, tranche);
    case hold:
      // Only what answers the breached obligation can be held.
      if (subject == a_gives) restrain(true, b_gives, 3, 0, serial);
      if (subject == a_rest) restrain(true, b_rest, 3, 0, serial);
      return;
    case suspend:
      return restrain(false, party, 5, 2, serial);
    case retaliate:
      return occur(party);
    case withdraw:
      return collapse(cause_of(subject));
    default:
      return;
  }
}

void NeutralByHand::restrain(bool is_hold, std::uint8_t target, double lasts, double notice,
                             std::uint64_t tranche) {
  const auto id = static_cast<std::uint32_t>(restraints_.size());
  restraints_.push_back(
      {.tranche = tranche, .lasts = lasts, .target = target, .used = true, .is_hold = is_hold});
  if (notice > 0) {
    restraints_[id].slot = schedule(Kind::restraint, now_ + notice, id);
  } else {
    activate(id);
  }
}

void NeutralByHand::activate(std::uint32_t id) {
  Restraint& r = restraints_[id];
  r.active = true;
  ++active_restraints_;
  if (restrained_ == 0) suspended_.touched = true;
  restrained_ = 1;
  r.slot = schedule(Kind::restraint, now_ + r.lasts, id);
  ++(r.is_hold ? holds_[r.target] : suspensions_[r.target]);
}

void NeutralByHand::lift(std::uint32_t id) {
  Restraint& r = restraints_[id];
  cancel(r.slot);
  r.used = false;
  if (!r.active) return;
  if (--active_restraints_ == 0) {
    restrained_ = 0;
    suspended_.touched = true;
  }
  look_at_waiting_ = true;
  --(r.is_hold ? holds_[r.target] : suspensions_[r.target]);
}

void NeutralByHand::open_dispute(std::uint8_t subject, std::uint32_t tranche) {
  const auto id = static_cast<std::uint32_t>(disputes_.size());
  disputes_.push_back({.tranche = tranche, .subject = subject, .open = true});
  if (subject < duties) ++disputes_on_[subject];
  if (tranche != nothing) tranches_[tranche].dispute = id;
  ++opened_;
  queue_.push_back(id);
  mediate();
}

void NeutralByHand::mediate() {
  while (!queue_.empty() && teams_busy_ == 0) {
    const std::uint32_t id = queue_.front();
    queue_.erase(queue_.begin());
    ++teams_busy_;
    const double takes = mediation_takes_(uniform(subject_streams_[disputes_[id].subject].takes));
    disputes_[id].slot = schedule(Kind::mediation, now_ + takes, id);
  }
}

void NeutralByHand::conclude(std::uint32_t id) {
  disputes_[id].slot = nothing;
  --teams_busy_;
  const std::uint8_t subject = disputes_[id].subject;
  BreachStreams& streams = subject_streams_[subject];
  if (chance(0.7, streams.settles)) {
    settle_dispute(id);
  } else {
    switch (choose(std::array<double, 3>{2, 1, 0.5}, streams.unsettled)) {
      case 0:
        queue_.push_back(id);
        break;
      case 1: {
        const std::uint32_t tranche = disputes_[id].tranche;
        close_dispute(id);
        if (tranche != nothing) close(tranche);
        break;
      }
      default:
        return collapse(cause_of(subject));
    }
  }
  mediate();
}

void NeutralByHand::settle_dispute(std::uint32_t id) {
  const std::uint32_t tranche = disputes_[id].tranche;
  close_dispute(id);
  ++settled_;
  // Both sides are parties to everything here; whose trust moves first makes no difference.
  shift_trust(A, 0.05);
  shift_trust(B, 0.05);
  if (tranche == nothing) return;
  Tranche& t = tranches_[tranche];
  if (t.is_void) return close(tranche);
  if (t.stage == Stage::overdue) {
    cancel(t.slot);
  } else {
    t.all = false;
    t.count = t.shortfall;
  }
  if (!t.all && t.count == 0) return fulfil(tranche);
  miss(t, 0);
  not_done_ += t.done ? 1 : 0;
  t.full = t.done = t.made_up = false;
  t.stage = Stage::falls_due;
  t.slot = schedule(Kind::tranche, now_, tranche);
}

void NeutralByHand::close_dispute(std::uint32_t id) {
  Dispute& d = disputes_[id];
  if (d.slot != nothing) {
    cancel(d.slot);
    --teams_busy_;
  } else {
    std::erase(queue_, id);
  }
  if (d.subject < duties) --disputes_on_[d.subject];
  if (d.tranche != nothing) tranches_[d.tranche].dispute = nothing;
  d.open = false;
  look_at_waiting_ = true;
}

}  // namespace truce::benchmark
