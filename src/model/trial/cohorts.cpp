#include "model/trial/cohorts.hpp"

namespace truce::model {

double Cohorts::held(CohortId id, Delivery which) const {
  const Cohort& cohort = world_.model.cohorts[id];
  return world_.value(which == Delivery::living ? cohort.living_now : cohort.remains_now);
}

double Cohorts::accounted_for(CohortId id) const {
  const Cohort& cohort = world_.model.cohorts[id];
  return world_.value(cohort.living_now) + world_.value(cohort.remains_now) +
         world_.value(cohort.freed) + world_.value(cohort.returned);
}

void Cohorts::free_persons(CohortId id, Delivery which, double count) {
  if (count <= 0) return;
  [[maybe_unused]] const double before = accounted_for(id);
  TRUCE_EXPECT(count <= held(id, which));
  const Cohort& cohort = world_.model.cohorts[id];
  if (which == Delivery::living) {
    world_.add(cohort.living_now, -count);
    world_.add(cohort.freed, count);
  } else {
    world_.add(cohort.remains_now, -count);
    world_.add(cohort.returned, count);
  }
  TRUCE_ENSURE(accounted_for(id) == before);
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

void Cohorts::capture(CohortId id, double count) {
  if (count <= 0) return;
  const Cohort& cohort = world_.model.cohorts[id];
  world_.add(cohort.living_now, count);
  world_.add(cohort.captured, count);
  world_.raise(cohort.capture, count);
}

void Cohorts::transfer(CohortId from, CohortId to, Delivery which, double count) {
  if (count <= 0) return;
  TRUCE_EXPECT(count <= held(from, which));
  [[maybe_unused]] const double before = accounted_for(from) + accounted_for(to);
  const auto held_in = [&](CohortId id) {
    const Cohort& cohort = world_.model.cohorts[id];
    return which == Delivery::living ? cohort.living_now : cohort.remains_now;
  };
  world_.add(held_in(from), -count);
  world_.add(held_in(to), count);
  TRUCE_ENSURE(accounted_for(from) + accounted_for(to) == before);
  world_.note(world_.model.cohorts[from].name + " to ", world_.model.cohorts[to].name.c_str(),
              count);
}

}  // namespace truce::model
