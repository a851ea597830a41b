#include "neutral_by_hand.hpp"

#include <cmath>
#include <string>

#include "support/family.hpp"

namespace truce::benchmark {

namespace {

constexpr double calm = 0.02;
constexpr double days = 120;

}  // namespace

NeutralByHand::NeutralByHand(std::uint64_t seed) : seed_(seed) {
  const auto stream = [](const std::string& name) { return Stream{engine::stream_key(name), {}}; };
  const std::array<std::string, subjects> names = {
      "a_gives",          "b_gives",    "a_gives_the_rest", "a_gives_remains",
      "b_gives_the_rest", "shots_by_a", "shots_by_b"};
  for (std::size_t i = 0; i < subjects; ++i) {
    subject_streams_[i] = {stream(names[i] + ".response"), stream(names[i] + ".mediation.takes"),
                           stream(names[i] + ".mediation.settles"),
                           stream(names[i] + ".mediation.unsettled")};
  }
  for (std::size_t i = 0; i < duties; ++i) {
    duty_streams_[i] = {stream(names[i] + ".comply"),  stream(names[i] + ".otherwise"),
                        stream(names[i] + ".late_by"), stream(names[i] + ".partial_share"),
                        stream(names[i] + ".lag"),     stream(names[i] + ".verification")};
  }
  shots_streams_ = {stream("shots_by_a"), stream("shots_by_b")};
  death_stream_ = stream("guests_of_b.death");
  extend_stream_ = stream("first.then.2.chance");
  rounds_stream_ = stream("next_step.rounds");
  agree_stream_ = stream("next_step.agree");
  ratify_streams_ = {stream("next_step.ratify.a"), stream("next_step.ratify.b")};
  using engine::Family;
  mediation_takes_ = {family_of("gamma"), std::array{4.0, 3.0}};
  rounds_ = {family_of("gamma"), std::array{5.0, 2.0}};
  lag_ = {family_of("triangular"), std::array{0.2, 0.5, 2.0}};
}

void NeutralByHand::reset(std::uint64_t trial) {
  random_ = {seed_, trial};
  for (BreachStreams& p : subject_streams_) {
    p.response.stream = p.takes.stream = p.settles.stream = p.unsettled.stream = {};
  }
  for (DutyStreams& p : duty_streams_) {
    p.comply.stream = p.otherwise.stream = p.late_by.stream = p.share.stream = {};
    p.lag.stream = p.verification.stream = {};
  }
  for (Stream* p : {&shots_streams_[0], &shots_streams_[1], &death_stream_, &extend_stream_,
                    &rounds_stream_, &agree_stream_, &ratify_streams_[0], &ratify_streams_[1]}) {
    p->stream = {};
  }
  pending_.assign(first_free, Pending{.time = infinity});
  scheduled_ = events_ = 0;
  now_ = 0;
  day_ = 0;
  ended_at_ = 0;
  stopped_ = over_ = collapsing_ = collapsed_ = talks_begin_ = look_at_waiting_ = false;
  ending_ = horizon;
  cause_ = none;
  phase_ = 0;
  second_reached_ = false;
  trust_ = {0.5, 0.5};
  living_b_ = 20;
  remains_b_ = 2;
  freed_b_ = returned_b_ = died_b_ = freed_a_ = 0;
  living_a_ = 100;
  timers_ = {};
  occurred_ = {};
  tranches_.clear();
  waiting_.clear();
  due_order_ = serial_ = 0;
  answerable_ = performed_ = fulfilled_ = breached_ = {};
  disputes_on_ = holds_ = {};
  suspensions_ = {};
  disputes_.clear();
  queue_.clear();
  teams_busy_ = 0;
  opened_ = settled_ = 0;
  restraints_.clear();
  active_restraints_ = 0;
  restrained_ = 0;
  delivered_ = missing_ = {};
  short_of_ = {};
  not_done_ = 0;
  lapsed_ = false;
  talks_open_ = ratifying_ = false;
  talks_agreed_ = 0;
  half_home_ = least_trust_ = person_days_b_ = person_days_a_ = first_days_ = second_days_ =
      suspended_ = {};
  half_home_.total = nan;
  least_trust_.total = infinity;
  timelines_ = {};
  segments_.clear();
}

void NeutralByHand::run(std::uint64_t trial, model::TrialRecord& record) {
  reset(trial);
  schedule_fixed(horizon_slot, Kind::horizon, days, 4);
  for (std::size_t i = 0; i < 2; ++i) timers_[i].budget = -std::log(uniform(shots_streams_[i]));
  timers_[2].budget = -std::log(uniform(death_stream_));
  begin_first();
  settle();
  while (!stopped_) {
    const std::uint32_t slot = first();
    const Pending event = pending_[slot];
    if (event.time > now_) {
      read_measures();
      now_ = event.time;
      day_ = static_cast<std::uint32_t>(std::ceil(now_));
    }
    ++events_;
    pending_[slot].time = infinity;
    dispatch(event);
    settle();
  }
  read_measures();
  write(record);
}

std::uint32_t NeutralByHand::first() const {
  std::uint32_t best = 0;
  for (std::uint32_t i = 1; i < pending_.size(); ++i) {
    const Pending& x = pending_[i];
    const Pending& y = pending_[best];
    if (x.time < y.time || (x.time == y.time && x.order < y.order)) best = i;
  }
  return best;
}

std::uint32_t NeutralByHand::schedule(Kind kind, double time, std::uint32_t subject) {
  const Pending event{time, std::uint64_t{2} << 61U | scheduled_++, subject, kind};
  for (std::uint32_t slot = first_free; slot < pending_.size(); ++slot) {
    if (pending_[slot].time < infinity) continue;
    pending_[slot] = event;
    return slot;
  }
  pending_.push_back(event);
  return static_cast<std::uint32_t>(pending_.size() - 1);
}

void NeutralByHand::schedule_fixed(std::uint32_t slot, Kind kind, double time, std::uint64_t rank,
                                   std::uint32_t subject) {
  pending_[slot] = {time, rank << 61U | scheduled_++, subject, kind};
}

void NeutralByHand::cancel(std::uint32_t& slot) {
  if (slot != nothing) pending_[slot].time = infinity;
  slot = nothing;
}

void NeutralByHand::dispatch(const Pending& event) {
  switch (event.kind) {
    case Kind::horizon:
      stopped_ = true;
      if (!over_) ended_at_ = now_;
      return;
    case Kind::limit:
      return rule_on_phase();
    case Kind::shots: {
      engine::HazardTimer& timer = timers_[event.subject];
      timer.advance(now_);
      timer.budget = -std::log(uniform(shots_streams_[event.subject]));
      timer.armed = false;
      return occur(static_cast<Side>(event.subject));
    }
    case Kind::death:
      timers_[2].advance(now_);
      timers_[2].budget = -std::log(uniform(death_stream_));
      timers_[2].armed = false;
      --living_b_;
      ++remains_b_;
      ++died_b_;
      person_days_b_.touched = true;
      return;
    case Kind::talks:
      return step_talks();
    case Kind::deadline:
      talks_open_ = ratifying_ = false;
      pending_[talks_slot].time = infinity;
      return;
    case Kind::open_talks:
      if (over_) return;
      positions_ = {nan, nan};
      talks_open_ = true;
      schedule_round();
      return schedule_fixed(deadline_slot, Kind::deadline, now_ + 40, 3);
    case Kind::due: {
      const auto duty = static_cast<Duty>(event.subject);
      const std::uint32_t id = new_tranche(duty);
      --not_done_;  // the date has become a tranche
      tranches_[id].all = tranches_[id].of_rest = duty != a_gives;
      tranches_[id].count = duty == a_gives ? 4 : 0;
      return fall_due(id);
    }
    case Kind::tranche:
      return step_tranche(event.subject);
    case Kind::mediation:
      return conclude(event.subject);
    case Kind::restraint:
      restraints_[event.subject].slot = nothing;
      return restraints_[event.subject].active ? lift(event.subject) : activate(event.subject);
  }
}

void NeutralByHand::settle() {
  if (talks_begin_) schedule(Kind::open_talks, now_ + 10);
  talks_begin_ = false;
  if (collapsing_) end(collapsed);
  collapsing_ = false;
  if (stopped_) return;
  if (look_at_waiting_) release_waiting();
  look_at_waiting_ = false;
  const double active = phase_ != 0 ? 1 : 0;
  refresh(timers_[0], shots_slot, Kind::shots, 0, active, calm * (1 - trust_[A]), 0.5);
  refresh(timers_[1], shots_slot + 1, Kind::shots, 1, active, calm * (1 - trust_[B]), 0.5);
  refresh(timers_[2], death_slot, Kind::death, 0, 1, 0.0005 * living_b_, 0);
}

void NeutralByHand::refresh(engine::HazardTimer& timer, std::uint32_t slot, Kind kind,
                            std::uint32_t subject, double running, double rate, double decay) {
  if (timer.armed && timer.running == running && timer.rate == rate && timer.decay == decay) return;
  timer.advance(now_);
  timer.running = running;
  timer.rate = rate;
  timer.decay = decay;
  timer.armed = true;
  schedule_fixed(slot, kind, now_ + timer.remaining(), 2, subject);
}

}  // namespace truce::benchmark
