#include <algorithm>
#include <cmath>

#include "neutral_by_hand.hpp"

namespace truce::benchmark {

double& NeutralByHand::held(Duty duty) {
  if (duty == a_remains) return remains_b_;
  return duty == a_gives || duty == a_rest ? living_b_ : living_a_;
}

std::uint32_t NeutralByHand::new_tranche(Duty duty) {
  tranches_.push_back({.serial = ++serial_, .duty = duty});
  ++not_done_;
  return static_cast<std::uint32_t>(tranches_.size() - 1);
}

bool NeutralByHand::blocked(Duty duty) const {
  const Side by = duty == b_gives || duty == b_rest ? B : A;
  const bool asked_in_dispute = (duty == b_gives && disputes_on_[a_gives] > 0) ||
                                (duty == b_rest && disputes_on_[a_rest] > 0);
  return holds_[duty] > 0 || disputes_on_[duty] > 0 || suspensions_[by] > 0 || asked_in_dispute;
}

void NeutralByHand::step_tranche(std::uint32_t id) {
  Tranche& t = tranches_[id];
  t.slot = nothing;
  switch (t.stage) {
    case Stage::falls_due:
      return fall_due(id);
    case Stage::freed:
      return blocked(t.duty) ? wait(id) : start(id);
    case Stage::underway:
    case Stage::overdue:
      return perform(id);
    case Stage::late:
      t.stage = Stage::overdue;
      t.slot = schedule(Kind::tranche, t.perform_at, id);
      miss(t, t.all ? held(t.duty) : std::min(t.count, held(t.duty)));
      return breach(id);
    case Stage::seen:
      return see(id);
    default:
      return;
  }
}

void NeutralByHand::fall_due(std::uint32_t id) {
  tranches_[id].order = ++due_order_;
  blocked(tranches_[id].duty) ? wait(id) : start(id);
}

void NeutralByHand::wait(std::uint32_t id) {
  tranches_[id].stage = Stage::waits;
  const auto later = std::ranges::find_if(
      waiting_, [&](std::uint32_t other) { return tranches_[other].order >= tranches_[id].order; });
  waiting_.insert(later, id);
}

void NeutralByHand::release_waiting() {
  std::size_t kept = 0;
  for (const std::uint32_t id : waiting_) {
    if (blocked(tranches_[id].duty)) {
      waiting_[kept++] = id;
    } else {
      tranches_[id].stage = Stage::freed;
      tranches_[id].slot = schedule(Kind::tranche, now_, id);
    }
  }
  waiting_.resize(kept);
}

void NeutralByHand::start(std::uint32_t id) {
  Tranche& t = tranches_[id];
  t.is_void = (!t.all && t.count == 0) || held(t.duty) == 0;
  t.is_void ? close(id) : decide(id);
}

void NeutralByHand::decide(std::uint32_t id) {
  Tranche& t = tranches_[id];
  DutyStreams& streams = duty_streams_[t.duty];
  const bool watched = t.duty == a_gives || t.duty == b_gives;
  const double grace = watched ? 1 : 0;
  enum : std::size_t { late, partial, refuse, comply };
  std::size_t mode = comply;
  if (t.duty != b_rest) {
    const double p =
        t.duty == a_remains ? word : word + (1 - word) * trust_[t.duty == b_gives ? B : A];
    if (!chance(p, streams.comply)) mode = refuse;
  }
  if (mode == refuse && watched) {
    mode = choose(std::array<double, 3>{3, t.duty == a_gives ? 1.0 : 0.0, 1}, streams.otherwise);
  }
  t.share = mode == partial ? 0.25 + uniform(streams.share) * 0.5 : 1;
  t.stage = Stage::underway;
  double next = now_;
  if (mode == late) {
    const double late_by = -2 * std::log(1 - uniform(streams.late_by));
    next = t.perform_at = now_ + late_by;
    if (late_by > grace) {
      t.stage = Stage::late;
      next = now_ + grace;
    }
  } else if (mode == refuse) {
    t.shortfall = t.all ? held(t.duty) : std::min(t.count, held(t.duty));
    miss(t, t.shortfall);
    t.stage = Stage::seen;
    next = now_ + grace + (watched ? 0.5 : 0);
  }
  t.slot = schedule(Kind::tranche, next, id);
}

void NeutralByHand::perform(std::uint32_t id) {
  Tranche& t = tranches_[id];
  double& present = held(t.duty);
  if (present == 0) {
    t.is_void = true;
    t.shortfall = 0;
    t.stage = Stage::closed;
    return t.dispute == nothing ? close(id) : done(t);
  }
  const double owed = t.all ? present : std::min(t.count, present);
  const double freed = std::min(owed, std::floor(t.share * owed + counting));
  t.to_answer += freed;
  t.full = freed / owed >= 1 - counting;
  t.shortfall = owed - freed;
  delivered_[t.duty] += freed;
  miss(t, t.shortfall);
  const bool nobody_left = freed == present;
  ++performed_[t.duty];
  if (freed > 0) {
    present -= freed;
    if (t.duty == a_remains) {
      returned_b_ += freed;
    } else if (t.duty == a_gives || t.duty == a_rest) {
      freed_b_ += freed;
      person_days_b_.touched = timelines_[0].touched = true;
    } else {
      freed_a_ += freed;
      person_days_a_.touched = timelines_[1].touched = true;
    }
  }
  if (t.of_rest && nobody_left) make_up(t.duty);
  if (t.full && t.duty != a_gives && t.duty != a_rest) done(t);
  if (t.stage == Stage::overdue) return remedy(id);
  t.stage = Stage::seen;
  t.slot = schedule(Kind::tranche, now_ + (t.duty == a_gives || t.duty == b_gives ? 0.5 : 0), id);
}

void NeutralByHand::see(std::uint32_t id) {
  const Tranche& t = tranches_[id];
  const bool deficient = !t.full;
  bool breached = deficient;
  if (t.duty == a_gives || t.duty == b_gives) {
    breached = chance(deficient ? 0.95 : 0.01, duty_streams_[t.duty].verification);
  }
  breached ? breach(id) : fulfil(id);
}

void NeutralByHand::join_answers(Tranche& t) {
  if (t.duty == a_gives) answerable_[b_gives] += t.to_answer;
  if (t.duty == a_rest) answerable_[b_rest] += t.to_answer;
  t.to_answer = 0;
}

void NeutralByHand::answer(Duty duty) {
  if (duty != a_gives && duty != a_rest) return;
  const Duty own = duty == a_gives ? b_gives : b_rest;
  const std::uint32_t id = new_tranche(own);
  Tranche& t = tranches_[id];
  t.count = std::floor(5 * answerable_[own] + 0.5 + counting);
  answerable_[own] = 0;
  t.stage = Stage::falls_due;
  const double lag = own == b_gives ? lag_(uniform(duty_streams_[own].lag)) : 0;
  t.slot = schedule(Kind::tranche, now_ + lag, id);
}

void NeutralByHand::fulfil(std::uint32_t id) {
  const Duty duty = tranches_[id].duty;
  join_answers(tranches_[id]);
  ++fulfilled_[duty];
  shift_trust(duty == b_gives || duty == b_rest ? A : B, 0.03);
  answer(duty);
  close(id);
}

void NeutralByHand::breach(std::uint32_t id) {
  const Duty duty = tranches_[id].duty;
  const Side to = duty == b_gives || duty == b_rest ? A : B;
  join_answers(tranches_[id]);
  ++breached_[duty];
  shift_trust(to, -0.1);
  if (duty != b_rest) respond(to, duty, id);
  if (collapsed_ || tranches_[id].stage == Stage::overdue) return;
  if (tranches_[id].dispute != nothing) {
    tranches_[id].stage = Stage::closed;
  } else {
    close(id);
  }
}

void NeutralByHand::remedy(std::uint32_t id) {
  const Duty duty = tranches_[id].duty;
  const std::uint64_t serial = tranches_[id].serial;
  join_answers(tranches_[id]);
  if (tranches_[id].dispute != nothing) close_dispute(tranches_[id].dispute);
  for (std::uint32_t i = 0; i < restraints_.size(); ++i) {
    if (restraints_[i].used && restraints_[i].tranche == serial) lift(i);
  }
  answer(duty);
  close(id);
  mediate();
}

void NeutralByHand::close(std::uint32_t id) {
  Tranche& t = tranches_[id];
  done(t);
  if (!t.full && !t.is_void && !t.made_up) ++short_of_[t.duty];
  cancel(t.slot);
  t.stage = Stage::free;
}

void NeutralByHand::miss(Tranche& t, double amount) {
  missing_[t.duty] += amount - t.missing;
  t.missing = amount;
}

void NeutralByHand::done(Tranche& t) {
  not_done_ -= t.done ? 0 : 1;
  t.done = true;
}

void NeutralByHand::make_up(Duty duty) {
  for (Tranche& t : tranches_) {
    if (t.duty != duty || t.stage == Stage::free || t.missing == 0) continue;
    t.missing = 0;
    t.made_up = true;
  }
  missing_[duty] = 0;
  short_of_[duty] = 0;
}

}  // namespace truce::benchmark
