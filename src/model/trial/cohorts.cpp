#include "model/trial/trial.hpp"

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
  refresh(timer_of(id), cohort_slot(id), 1, rate(cohort.death_rate, cohort.name), 0);
}

}  // namespace truce::model
