#pragma once

#include <vector>

#include "model/trial/world.hpp"

namespace truce::model {

/// What stands in the variables before the first step: parameters, levels, those who are held.
class InitialValues {
 public:
  explicit InitialValues(World& world);

  /// Draws the parameters of a trial, where it has its own, and tells the record. They stay as
  /// they are for the trial.
  void draw_parameters(TrialRecord& record);
  /// The values of the parameters that are drawn, into the record.
  void tell_parameters(TrialRecord& record) const;
  /// Draws levels and those held.
  void draw();

 private:
  void set_parameters();
  void draw_correlated_parameters();
  void draw(const Cohort& cohort);

  World& world_;
  std::vector<double> scores_;  ///< of correlated parameters, while they are drawn
};

}  // namespace truce::model
