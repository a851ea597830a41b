#include "model/trial/answers.hpp"

namespace truce::model {

Answers::Answers(World& world, Tranches& tranches) : world_(world), tranches_(tranches) {
  const auto& obligations = world.model.obligations;
  state_.answerable.resize(obligations.size());
  for (auto& by_obligation : answers_) by_obligation.resize(obligations.size());
  for (const ObligationId id : obligations.ids()) {
    for (const ObligationId answer : obligations[id].answers) {
      const bool performed = obligations[answer].upon == Upon::performed;
      answers_[static_cast<std::size_t>(performed)][id.index()].push_back(answer);
    }
  }
}

void Answers::begin(ObligationId answer) {
  const Obligation& obligation = world_.model.obligations[answer];
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

}  // namespace truce::model
