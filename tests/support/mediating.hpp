#pragma once

#include "support/components.hpp"
#include "support/small_model.hpp"

namespace truce::test {

inline constexpr model::PartyId one_side{0};
inline constexpr model::PartyId other_side{1};
inline constexpr model::ObligationId owed{0};
inline constexpr model::IncidentId shelling{0};
inline const model::BreachSource over_owed{owed};
inline const model::BreachSource over_shelling{shelling};

/// What one side owes the other, and what it does to it. Mediation takes 5 days over the one, and
/// over the other as many as it is severe. How many teams there are, and how likely they settle a
/// dispute, are variables.
inline model::Model mediated() {
  model::Model model = small_model(2, 1);
  model.reads_context = true;
  endings(model);
  for (const model::PartyId party : model.parties.ids()) {
    trust(model, party);
    model.parties[party].on_settled = constant(model, party == one_side ? 1 : 2);
  }
  model::Obligation& obligation = model.obligations[owed];
  obligation.by = one_side;
  obligation.to = other_side;
  obligation.streams = breach_streams(model);
  obligation.mediation_takes = constant(model, 5);
  obligation.cause = model.causes.add("breach");
  model::Incident& incident = model.incidents[test::incident(model)];
  incident.by = one_side;
  incident.to = other_side;
  incident.streams = breach_streams(model);
  incident.mediation_takes = value_of(model.context.severity);
  incident.cause = model.causes.add("shelling");
  model.mediation.teams = value_of(variable(model));
  model.mediation.settles = value_of(variable(model));
  return model;
}

/// The same, where these weights say what comes of a mediation that settles nothing.
inline model::Model mediated(double retry, double drop, double withdraw) {
  model::Model model = mediated();
  model.mediation.unsettled = {constant(model, retry), constant(model, drop),
                               constant(model, withdraw)};
  return model;
}

/// The mediator, with one team, among the other components.
struct Mediating : Components {
  explicit Mediating(const model::Model& model = mediated()) : Components(model) { teams(1); }

  void teams(double count) { world.set(variable_of(world.model.mediation.teams), count); }
  void settles(double p) { world.set(variable_of(world.model.mediation.settles), p); }
  double& severity() { return world.numbers.value(world.model.context.severity); }
  [[nodiscard]] double open() const { return value(world.model.disputes_open); }
  [[nodiscard]] double settled() const { return times(world.model.dispute_settled); }
  [[nodiscard]] double failed() const { return times(world.model.dispute_failed); }
  [[nodiscard]] double trust(model::PartyId id) const {
    return value(world.model.levels[world.model.parties[id].trust].value);
  }
  /// A tranche of ten that has been breached, in dispute; four are short.
  model::Tranche& disputed(model::Fate fate) {
    const model::TrancheId id = tranches.create(owed);
    model::Tranche& tranche = tranches[id];
    tranche.stage = model::Stage::closed;
    tranche.fate = fate;
    tranche.count = 10;
    tranche.shortfall = 4;
    mediator.open(over_owed, id);
    return tranche;
  }
};

}  // namespace truce::test
