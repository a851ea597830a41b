#pragma once

#include "support/components.hpp"
#include "support/small_model.hpp"

namespace truce::test {

inline constexpr model::ObligationId gives{0};
inline constexpr model::ObligationId works{1};
inline constexpr model::ObligationId answer{2};

/// Two parties. The first gives the second persons of its own, and works for it: by effects that
/// add to a level and signal. The second may answer. It trusts more by 1 where that is fulfilled,
/// less by 2 where it is breached.
inline model::Model exchange() {
  using namespace model;
  Model model = small_model(2, 3);
  endings(model);
  const PartyId to{1};
  trust(model, to);
  model.parties[to].on_fulfilled = constant(model, 1);
  model.parties[to].on_breached = constant(model, -2);
  const CohortId own = cohort(model);
  const LevelId built = level(model);
  for (const ObligationId id : {gives, works}) {
    model.obligations[id].by = PartyId{0};
    model.obligations[id].to = to;
    model.obligations[id].streams = breach_streams(model);
  }
  model.obligations[gives].delivery = Delivery::living;
  model.obligations[gives].cohort = own;
  model.obligations[answer].delivery = Delivery::living;
  model.obligations[answer].cohort = cohort(model);
  const Range builds =
      effect(model, {.kind = EffectKind::add, .subject = built, .value = constant(model, 1)});
  const Range tells = effect(model, {.kind = EffectKind::signal, .subject = event(model)});
  model.obligations[works].effects = {.begin = builds.begin, .end = tells.end};
  return model;
}

/// Performance of such an exchange, among the other components; ten persons are held.
struct Performing : Components {
  explicit Performing(const model::Model& model = exchange()) : Components(model) { hold(10); }

  void hold(double persons) { world.set(world.model.cohorts[cohort].living_now, persons); }
  /// A tranche that is about to be performed.
  model::TrancheId underway(model::ObligationId id, double count, double share = 1) {
    const model::TrancheId tranche = tranches.create(id);
    tranches[tranche].count = count;
    tranches[tranche].share = share;
    tranches[tranche].stage = model::Stage::underway;
    return tranche;
  }
  [[nodiscard]] const model::Obligation& of(model::ObligationId id) const {
    return world.model.obligations[id];
  }
  [[nodiscard]] double held() const { return value(world.model.cohorts[cohort].living_now); }
  [[nodiscard]] double built() const {
    return value(world.model.levels[world.model.effects[0].subject.as<model::LevelId>()].value);
  }
  [[nodiscard]] double signals() const {
    return times(world.model.effects[1].subject.as<model::EventId>());
  }
  [[nodiscard]] double trust() const {
    return value(world.model.levels[world.model.parties[model::PartyId{1}].trust].value);
  }
  /// Persons of all tranches in answer.
  [[nodiscard]] double answering() {
    double persons = 0;
    for (const model::TrancheId id : tranches.state().tranches.ids()) {
      if (tranches.serial_of(id) != 0 && tranches[id].obligation == answer) {
        persons += tranches[id].count;
      }
    }
    return persons;
  }

 private:
  static constexpr model::CohortId cohort{0};
};

}  // namespace truce::test
