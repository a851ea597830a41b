#pragma once

#include <algorithm>
#include <array>
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
  Answers(World& world, Tranches& tranches);
  void reset() { lapse(); }

  /// Whether any obligation answers this one upon that.
  [[nodiscard]] bool any(ObligationId id, Upon upon) const { return !of(id, upon).empty(); }
  /// Adds the persons of a tranche to what those obligations will answer that answer upon this.
  void join(Tranche& tranche, Upon upon) {
    double& persons =
        upon == Upon::performed ? tranche.to_answer_performed : tranche.to_answer_seen;
    if (persons == 0) return;
    for (const ObligationId answer : of(tranche.obligation, upon)) {
      state_.answerable[answer.index()] += persons;
    }
    persons = 0;
  }
  /// A tranche in answer, to all that has been joined, falls due after its lag.
  void trigger(ObligationId id, Upon upon) {
    for (const ObligationId answer : of(id, upon)) begin(answer);
  }
  /// Nothing is left to be answered.
  void lapse() { std::ranges::fill(state_.answerable, 0); }

 private:
  [[nodiscard]] const std::vector<ObligationId>& of(ObligationId id, Upon upon) const {
    return answers_[static_cast<std::size_t>(upon == Upon::performed)][id.index()];
  }
  void begin(ObligationId answer);

  World& world_;
  Tranches& tranches_;
  /// Upon fulfilment and upon performance, by the obligation that is answered.
  std::array<std::vector<std::vector<ObligationId>>, 2> answers_;
};

}  // namespace truce::model
