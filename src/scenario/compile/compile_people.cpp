#include <fmt/format.h>

#include "scenario/compile/compiler.hpp"

namespace truce::scenario {

// Parties, cohorts and levels are compiled in the order in which a trial draws their initial
// values.
void Compiler::expect_initial_values() {
  for (const model::Level& level : model_.levels) undrawn_.insert(level.value.index());
  for (const model::Cohort& cohort : model_.cohorts) {
    undrawn_.insert(cohort.living_now.index());
    undrawn_.insert(cohort.remains_now.index());
  }
}

Bound Compiler::initial(const Expression& written, const Key& key, const std::string& stream) {
  Bound bound = binder_.bind(written, key.purpose, stream, std::string(key.name));
  for (const model::VariableId input : bound.inputs) {
    if (!undrawn_.contains(input.index())) continue;
    diagnostics_.error(written.position,
                       fmt::format("'{}' reads '{}', which has no value yet", stream,
                                   model_.variables[input].name),
                       "initial values are drawn in the order parties, cohorts, levels",
                       "let the later one read the earlier one");
  }
  return bound;
}

void Compiler::compile(const Party& written) {
  const std::string& name = written.name.text;
  model::Party& party = model_.parties[find(parties_, name)];
  if (written.trust) {
    const Trust& trust = *written.trust;
    const std::string owner = name + ".trust";
    model::Level& level = model_.levels[party.trust];
    level.name = owner;
    const Bound at_first = initial(trust.initial, key_of<&Trust::initial>(), owner);
    level.initial = at_first.expr;
    undrawn_.erase(level.value.index());
    bound_level(party.trust, trust.initial, at_first, {.low = 0, .high = 1});
    level.min = binder_.constant(0).expr;
    level.max = binder_.constant(1).expr;
    const auto shift = [&]<auto member>(Binder::Behalf of) {
      const Binder::OnBehalf on_behalf(binder_, of);
      if (!(trust.*member)) return model::Expr{};
      const Bound bound = bind<member>(trust, owner);
      warn_of_leap(party.trust, *(trust.*member), bound);
      return bound.expr;
    };
    party.on_fulfilled = shift.operator()<&Trust::fulfilled>({.tranche = true});
    party.on_breached = shift.operator()<&Trust::breached>({.tranche = true});
    party.on_settled = shift.operator()<&Trust::settled>({.tranche = true, .incident = true});
    party.on_incident = shift.operator()<&Trust::incident>({.incident = true});
  }
  for (const Level& attribute : written.attributes) {
    compile(attribute, name + "." + attribute.name.text);
  }
}

void Compiler::compile(const Level& written, const std::string& owner) {
  const model::LevelId id = find(levels_, owner);
  model::Level& level = model_.levels[id];
  level.name = owner;
  const Bound at_first = initial(written.initial, key_of<&Level::initial>(), owner);
  level.initial = at_first.expr;
  undrawn_.erase(level.value.index());
  LevelBounds bounds;
  const auto limit = [&](const Bound& bound, std::optional<double>& known) {
    known = bound.known;
    return bound.expr;
  };
  if (written.min) level.min = limit(bind<&Level::min>(written, owner), bounds.low);
  if (written.max) level.max = limit(bind<&Level::max>(written, owner), bounds.high);
  if (bounds.low && bounds.high && *bounds.low > *bounds.high) {
    diagnostics_.error(written.min->position,
                       fmt::format("'min' of '{}' is above its 'max'", owner),
                       fmt::format("{} and {}", *bounds.low, *bounds.high));
  } else {
    bound_level(id, written.initial, at_first, bounds);
  }
  level.drift = lower<&Level::drift>(written, owner);
  if (level.drift.present()) model_.drifting.push_back(id);
}

void Compiler::compile(const Cohort& written) {
  const std::string& name = written.name.text;
  const model::CohortId id = find(cohorts_, name);
  std::optional<double> living_known, remains_known, held_known;
  const auto amount = [&]<auto member>(std::optional<double> & known) {
    const Key& key = key_of<member>();
    if (!(written.*member)) return model::Expr{};
    const Bound bound = initial(*(written.*member), key, name + "." + std::string(key.name));
    known = bound.known;
    return bound.expr;
  };
  model::Cohort& cohort = model_.cohorts[id];
  cohort.living = amount.operator()<&Cohort::living>(living_known);
  cohort.remains = amount.operator()<&Cohort::remains>(remains_known);
  cohort.held = amount.operator()<&Cohort::held>(held_known);
  if (living_known && held_known && *living_known > *held_known) {
    diagnostics_.error(written.living->position, fmt::format("cohort '{}' has {} living of {} held",
                                                             name, *living_known, *held_known));
  }
  undrawn_.erase(cohort.living_now.index());
  undrawn_.erase(cohort.remains_now.index());
  if (!written.mortality) return;
  Expression living{.kind = Expression::Kind::name,
                    .position = written.mortality->position,
                    .text = name + ".living"};
  // Checked by itself first, so that a message speaks of the rate as written.
  bind<&Cohort::mortality>(written, name);
  const Expression product{.kind = Expression::Kind::binary,
                           .position = written.mortality->position,
                           .text = "*",
                           .children = {*written.mortality, std::move(living)}};
  const Bound rate = binder_.bind(product, key_of<&Cohort::mortality>().purpose, name, "mortality");
  cohort.death_rate = rate.expr;
  cohort.mortality_stream = binder_.stream(name + ".death", written.name.position);
  watchers_.add(model::WatcherKind::mortality, id, rate);
}

}  // namespace truce::scenario
