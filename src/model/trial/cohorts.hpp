#pragma once

#include "model/trial/world.hpp"

namespace truce::model {

/// Those who are held: living, remains, freed, returned, captured. All of it stands in variables;
/// nobody is lost or counted twice.
class Cohorts {
 public:
  explicit Cohorts(World& world) : world_(world) {}

  /// How many are held of those whom a release is about.
  [[nodiscard]] double held(CohortId id, Delivery which) const;
  /// Frees so many of those held, not more than these.
  void free_persons(CohortId id, Delivery which, double count);
  /// One who is living dies.
  void die(CohortId id);
  /// So many more living persons are held.
  void capture(CohortId id, double count);
  /// So many of those held, not more than these, are held in another cohort from now on.
  void transfer(CohortId from, CohortId to, Delivery which, double count);

 private:
  /// All who were held at the beginning or have been captured or transferred here since, and not
  /// transferred away.
  [[nodiscard]] double accounted_for(CohortId id) const;

  World& world_;
};

}  // namespace truce::model
