#include "model/trial/cohorts.hpp"

namespace truce::model {

double Cohorts::held(CohortId id, Delivery which) const {
  const Cohort& cohort = world_.model.cohorts[id];
  return world_.value(which == Delivery::living ? cohort.living_now : cohort.remains_now);
}

void Cohorts::free_persons(CohortId id, Delivery which, double count) {
  if (count <= 0) return;
  TRUCE_EXPECT(count <= held(id, which));
  const Cohort& cohort = world_.model.cohorts[id];
  if (which == Delivery::living) {
    world_.add(cohort.living_now, -count);
    world_.add(cohort.freed, count);
  } else {
    world_.add(cohort.remains_now, -count);
    world_.add(cohort.returned, count);
  }
  world_.raise(cohort.release, count);
}

void Cohorts::die(CohortId id) {
  const Cohort& cohort = world_.model.cohorts[id];
  TRUCE_EXPECT(world_.value(cohort.living_now) >= 1);
  world_.add(cohort.living_now, -1);
  world_.add(cohort.remains_now, 1);
  world_.add(cohort.died, 1);
  world_.raise(cohort.death, 1);
}

}  // namespace truce::model
