#pragma once

#include <algorithm>
#include <vector>

#include "model/trial/saved.hpp"
#include "model/trial/tranches.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

struct AnswersState {
  std::vector<double> answerable;  ///< by obligation: persons that it has yet to answer
};

/// Obligations in return: what one side has performed the other answers by a tranche of its own.
class Answers : public Saved<AnswersState> {
 public:
  Answers(World& world, Tranches& tranches) : world_(world), tranches_(tranches) {
    state_.answerable.resize(world.model.obligations.size());
  }
  void reset() { lapse(); }

  /// Adds the persons of a tranche to what those obligations will answer that answer upon this.
  void join(Tranche& tranche, Upon upon);
  /// A tranche in answer, to all that has been joined, falls due after its lag.
  void trigger(ObligationId id, Upon upon);
  /// Nothing is left to be answered.
  void lapse() { std::ranges::fill(state_.answerable, 0); }

 private:
  World& world_;
  Tranches& tranches_;
};

}  // namespace truce::model
