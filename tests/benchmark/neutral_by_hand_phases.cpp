#include <algorithm>
#include <cmath>

#include "neutral_by_hand.hpp"

namespace truce::benchmark {

void NeutralByHand::shift_trust(Side side, double by) {
  const double shifted = std::min(std::max(trust_[side] + by, 0.0), 1.0);
  if (shifted == trust_[side]) return;
  trust_[side] = shifted;
  timelines_[2U + side].touched = true;
}

void NeutralByHand::begin_first() {
  phase_ = 1;
  talks_begin_ = true;
  schedule_fixed(limit_slot, Kind::limit, now_ + 35, 3);
  not_done_ += 4;
  for (const double day : {7, 14, 21, 28}) schedule(Kind::due, now_ + day, a_gives);
}

void NeutralByHand::begin_second() {
  leave_phase();
  phase_ = 2;
  second_reached_ = true;
  second_days_.touched = true;
  schedule_fixed(limit_slot, Kind::limit, now_ + 14, 3);
  not_done_ += 2;
  schedule(Kind::due, now_ + 3, a_rest);
  schedule(Kind::due, now_ + 5, a_remains);
}

void NeutralByHand::leave_phase() {
  if (phase_ == 0) return;
  (phase_ == 1 ? first_days_ : second_days_).touched = true;
  phase_ = 0;
  pending_[limit_slot].time = infinity;
}

void NeutralByHand::rule_on_phase() {
  if (phase_ == 2) {
    bool kept = not_done_ == 0 && !lapsed_;
    for (const int left_short : short_of_) kept = kept && left_short == 0;
    return end(kept ? completed : incomplete);
  }
  if (talks_agreed_ >= 1) return begin_second();
  if (talks_open_ && chance(0.5, extend_stream_)) {
    return schedule_fixed(limit_slot, Kind::limit, now_ + 7, 3);
  }
  collapse(no_second_phase);
}

void NeutralByHand::collapse(std::uint8_t cause) {
  if (collapsed_) return;
  collapsed_ = collapsing_ = true;
  cause_ = cause;
  leave_phase();
  lapse();
}

void NeutralByHand::lapse() {
  lapsed_ = lapsed_ || not_done_ > 0;
  not_done_ = 0;
  tranches_.clear();
  waiting_.clear();
  answerable_ = {};
  disputes_.clear();
  queue_.clear();
  disputes_on_ = holds_ = {};
  suspensions_ = {};
  teams_busy_ = active_restraints_ = 0;
  for (std::uint32_t slot = first_free; slot < pending_.size(); ++slot) {
    if (pending_[slot].kind != Kind::open_talks) pending_[slot].time = infinity;
  }
  if (restrained_ != 0) suspended_.touched = true;
  restrained_ = 0;
  restraints_.clear();
}

void NeutralByHand::end(Ending ending) {
  if (over_) return;
  over_ = true;
  ending_ = ending;
  ended_at_ = now_;
  lapse();
  talks_open_ = ratifying_ = false;
  pending_[talks_slot].time = pending_[deadline_slot].time = infinity;
  leave_phase();
}

void NeutralByHand::schedule_round() {
  schedule_fixed(talks_slot, Kind::talks, now_ + rounds_(uniform(rounds_stream_)), 2);
}

void NeutralByHand::step_talks() {
  if (!ratifying_) {
    if (!chance(0.15 + 0.4 * std::min(trust_[A], trust_[B]), agree_stream_))
      return schedule_round();
    ratifying_ = true;
    return schedule_fixed(talks_slot, Kind::talks, now_ + 1, 2);
  }
  ratifying_ = false;
  bool all = true;
  for (std::size_t side = 0; side < 2; ++side) {
    if (std::isnan(positions_[side])) positions_[side] = uniform(ratify_streams_[side]);
    all = all && positions_[side] < 0.9;
  }
  if (!all) return schedule_round();
  talks_open_ = false;
  pending_[deadline_slot].time = infinity;
  ++talks_agreed_;
}

}  // namespace truce::benchmark
