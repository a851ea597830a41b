#include "trial.hpp"

namespace truce::model {

double Trial::held(const Obligation& obligation) const {
  const Cohort& cohort = model_.cohorts[obligation.cohort];
  return value(obligation.delivery == Delivery::living ? cohort.living_now : cohort.remains_now);
}

void Trial::free_persons(CohortId id, Delivery which, double count) {
  if (count <= 0) return;
  const Cohort& cohort = model_.cohorts[id];
  if (which == Delivery::living) {
    add(cohort.living_now, -count);
    add(cohort.freed, count);
  } else {
    add(cohort.remains_now, -count);
    add(cohort.returned, count);
  }
  raise(cohort.release, count);
}

void Trial::die(CohortId id) {
  const Cohort& cohort = model_.cohorts[id];
  add(cohort.living_now, -1);
  add(cohort.remains_now, 1);
  add(cohort.died, 1);
  raise(cohort.death, 1);
}

void Trial::refresh_mortality(CohortId id) {
  const Cohort& cohort = model_.cohorts[id];
  engine::HazardTimer& timer = timer_of(id);
  timer.advance(now_);
  timer.rate = rate(cohort.death_rate, cohort.name);
  timer.running = 1;
  schedule_timer(cohort_slot(id), timer);
}

}  // namespace truce::model
