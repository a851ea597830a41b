#include "model/trial/answers.hpp"

namespace truce::model {

void Answers::join(Tranche& tranche, Upon upon) {
  double& persons = upon == Upon::performed ? tranche.to_answer_performed : tranche.to_answer_seen;
  for (const ObligationId answer : world_.model.obligations[tranche.obligation].answers) {
    if (world_.model.obligations[answer].upon == upon) {
      state_.answerable[answer.index()] += persons;
    }
  }
  persons = 0;
}

void Answers::trigger(ObligationId id, Upon upon) {
  for (const ObligationId answer : world_.model.obligations[id].answers) {
    const Obligation& obligation = world_.model.obligations[answer];
    if (obligation.upon != upon) continue;
    double& answerable = state_.answerable[answer.index()];
    const TrancheId tranche = tranches_.create(answer);
    if (obligation.delivery != Delivery::effects) {
      const double count = obligation.count.present()
                               ? world_.numbers(obligation.count)
                               : world_.numbers(obligation.ratio, 1) * answerable;
      tranches_[tranche].count = World::persons(count, obligation.name);
    }
    answerable = 0;
    tranches_.fall_due_later(tranche, world_.duration(obligation.lag, obligation.name, "lag"));
  }
}

}  // namespace truce::model
