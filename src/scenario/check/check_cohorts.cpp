#include <fmt/format.h>

#include "scenario/check/checker.hpp"

namespace truce::scenario {

void Checker::check_cohorts() {
  for (const Cohort& c : scenario_.cohorts) {
    if (c.held && c.remains) {
      error(c.name, fmt::format("cohort '{}' has both 'held' and 'remains'", c.name.text),
            "with 'held', those not living are remains");
    }
    if (!c.living && !c.held && !c.remains) {
      error(c.name, fmt::format("cohort '{}' has nobody", c.name.text), {},
            "give it 'living', 'remains' or 'held'");
    }
  }
}

}  // namespace truce::scenario
