#include <fmt/format.h>

#include "compiler.hpp"

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

model::Expr Compiler::initial(const std::optional<Expression>& written, const std::string& place,
                              const std::string& key) {
  if (!written) return {};
  const Bound bound = binder_.bind(*written, Purpose::amount, place, key);
  for (const model::VariableId input : bound.inputs) {
    if (!undrawn_.contains(input.index())) continue;
    diagnostics_.error(
        written->position,
        fmt::format("'{}' reads '{}', which has no value yet", place, model_.variables[input].name),
        "initial values are drawn in the order parties, cohorts, levels",
        "let the later one read the earlier one");
  }
  return bound.expr;
}

void Compiler::compile_parties() {
  for (const Party& written : scenario_.parties) {
    const std::string& name = written.name.text;
    model::Party& party = model_.parties[find(parties_, name)];
    if (written.trust) {
      const Trust& trust = *written.trust;
      const std::string owner = name + ".trust";
      model::Level& level = model_.levels[party.trust];
      level.name = owner;
      level.initial = initial(trust.initial, owner, "initial");
      undrawn_.erase(level.value.index());
      level.min = binder_.constant(0).expr;
      level.max = binder_.constant(1).expr;
      const auto shift = [&](const std::optional<Expression>& by, const char* key) {
        return expr(by, Purpose::number, owner, key);
      };
      party.on_fulfilled = shift(trust.fulfilled, "fulfilled");
      party.on_breached = shift(trust.breached, "breached");
      party.on_settled = shift(trust.settled, "settled");
      party.on_incident = shift(trust.incident, "incident");
    }
    for (const Level& attribute : written.attributes) {
      const std::string owner = name + "." + attribute.name.text;
      compile_level(find(levels_, owner), attribute, owner);
    }
  }
}

void Compiler::compile_level(model::LevelId id, const Level& written, const std::string& owner) {
  model::Level& level = model_.levels[id];
  level.name = owner;
  level.initial = initial(written.initial, owner, "initial");
  undrawn_.erase(level.value.index());
  level.min = expr(written.min, Purpose::number, owner, "min");
  level.max = expr(written.max, Purpose::number, owner, "max");
  level.drift = expr(written.drift, Purpose::number, owner, "drift");
  if (level.drift.present()) model_.drifting.push_back(id);
}

void Compiler::compile_cohorts() {
  for (const Cohort& written : scenario_.cohorts) {
    const std::string& name = written.name.text;
    const model::CohortId id = find(cohorts_, name);
    const auto amount = [&](const std::optional<Expression>& of, const char* key) {
      return initial(of, name + "." + key, key);
    };
    model::Cohort& cohort = model_.cohorts[id];
    cohort.living = amount(written.living, "living");
    cohort.remains = amount(written.remains, "remains");
    cohort.held = amount(written.held, "held");
    undrawn_.erase(cohort.living_now.index());
    undrawn_.erase(cohort.remains_now.index());
    if (!written.mortality) continue;
    Expression living{.kind = Expression::Kind::name,
                      .position = written.mortality->position,
                      .text = name + ".living"};
    // Checked by itself first, so that a message speaks of the rate as written.
    binder_.bind(*written.mortality, Purpose::rate, name, "mortality");
    const Expression product{.kind = Expression::Kind::binary,
                             .position = written.mortality->position,
                             .text = "*",
                             .children = {*written.mortality, std::move(living)}};
    const Bound rate = binder_.bind(product, Purpose::rate, name, "mortality");
    cohort.death_rate = rate.expr;
    cohort.mortality_place = binder_.place(name + ".death", written.name.position);
    reactions_.add(model::ReactorKind::mortality, id.index(), rate);
  }
}

}  // namespace truce::scenario
