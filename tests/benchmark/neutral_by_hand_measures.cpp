#include <algorithm>
#include <cmath>

#include "neutral_by_hand.hpp"

namespace truce::benchmark {

void NeutralByHand::integrate(Measure& measure, double value, double now) {
  if (!measure.touched) return;
  if (measure.read) measure.total += measure.value * (now - measure.since);
  measure = {value, now, measure.total, false, true};
}

void NeutralByHand::read_measures() {
  if (timelines_[0].touched && std::isnan(half_home_.total) && freed_b_ >= 10) {
    half_home_.total = now_;
  }
  if (timelines_[2].touched || timelines_[3].touched) {
    least_trust_.total = std::min(least_trust_.total, std::min(trust_[A], trust_[B]));
  }
  integrate(person_days_b_, living_b_, now_);
  integrate(person_days_a_, living_a_, now_);
  integrate(first_days_, phase_ == 1 ? 1 : 0, now_);
  integrate(second_days_, phase_ == 2 ? 1 : 0, now_);
  integrate(suspended_, restrained_, now_);
  record_timeline(0, freed_b_);
  record_timeline(1, freed_a_);
  record_timeline(2, trust_[A]);
  record_timeline(3, trust_[B]);
}

void NeutralByHand::record_timeline(std::uint32_t index, double value) {
  Timeline& timeline = timelines_[index];
  if (!timeline.touched) return;
  timeline.touched = false;
  if (timeline.segment != nothing && value == timeline.value) return;
  timeline.value = value;
  if (timeline.segment != nothing && segments_[timeline.segment].day == day_) {
    segments_[timeline.segment].value = value;
  } else {
    timeline.segment = static_cast<std::uint32_t>(segments_.size());
    segments_.push_back({index, day_, value});
  }
}

void NeutralByHand::write(model::TrialRecord& record) const {
  const auto total = [&](const Measure& m) { return m.total + m.value * (now_ - m.since); };
  record.columns = {static_cast<double>(ending_),
                    static_cast<double>(cause_),
                    ended_at_,
                    living_b_ == 0 && !collapsed_ ? 1.0 : 0.0,
                    half_home_.total,
                    least_trust_.total,
                    freed_b_,
                    returned_b_,
                    died_b_,
                    total(person_days_b_),
                    freed_a_,
                    0,
                    0,
                    total(person_days_a_),
                    1,
                    total(first_days_),
                    second_reached_ ? 1.0 : 0.0,
                    total(second_days_)};
  for (std::size_t i = 0; i < duties; ++i) {
    record.columns.push_back(performed_[i]);
    record.columns.push_back(fulfilled_[i]);
    record.columns.push_back(breached_[i]);
    record.columns.push_back(delivered_[i]);
    record.columns.push_back(missing_[i]);
  }
  for (const double x : {occurred_[A], occurred_[B], opened_, settled_, total(suspended_)}) {
    record.columns.push_back(x);
  }
  record.segments = segments_;
  record.events = events_;
}

}  // namespace truce::benchmark
