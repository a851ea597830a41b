#include <fmt/format.h>

#include "base/limits.hpp"
#include "scenario/compile/compiler.hpp"

namespace truce::scenario {

using model::EventId;
using model::PartyId;
using model::VariableId;

VariableId Compiler::variable(const std::string& name, Type type, bool integer) {
  const VariableId id = model_.variables.add({.name = name, .integer = integer});
  symbols_.declare(name, {.variable = id, .type = type, .integer = integer});
  return id;
}

EventId Compiler::event(const std::string& name, PartyId who) {
  const VariableId count = variable(name, Type::number, true);
  const EventId id = model_.events.add({.count = count});
  model_.event_labels.add({.name = name, .who = who});
  symbols_.declare_event(name, id);
  return id;
}

void Compiler::declare_always() {
  model_.time = model_.variables.add({.name = "time"});
  symbols_.declare("time", {.variable = model_.time, .clock = true});
  model_.active = variable("active", Type::boolean, true);
  model_.over = variable("over", Type::boolean, true);
  model_.kept = variable("kept", Type::boolean, true);
  declare_context();
  model_.disputes_open = variable("disputes.open", Type::number, true);
  model_.restrained = model_.variables.add({.name = "restrained", .integer = true});
  model_.collapsed = event("collapsed");
  model_.dispute_opened = event("disputes.opened");
  model_.dispute_settled = event("disputes.settled");
  model_.dispute_failed = event("disputes.failed");
}

void Compiler::declare(const Parameter& written) {
  parameter_index_.emplace(written.name.text, parameter_variables_.size());
  parameter_variables_.push_back(model_.variables.add({.name = written.name.text}));
}

void Compiler::declare_context() {
  using Context = Symbol::Context;
  const auto declare = [&](const std::string& name, Context context, bool integer) {
    const VariableId id = model_.variables.add({.name = name, .integer = integer});
    symbols_.declare(name, {.variable = id, .integer = integer, .context = context});
    return id;
  };
  model_.context = {.count = declare("tranche.count", Context::tranche, false),
                    .number = declare("tranche.number", Context::tranche, true),
                    .delivered = declare("tranche.delivered", Context::tranche, false),
                    .missing = declare("tranche.missing", Context::tranche, false),
                    .late = declare("tranche.late", Context::tranche, false),
                    .severity = declare("incident.severity", Context::incident, false)};
}

model::LevelId Compiler::level(const std::string& name) {
  const VariableId value = variable(name, Type::number, false);
  const model::LevelId id = model_.levels.add({.name = name, .value = value});
  levels_.emplace(name, id);
  return id;
}

void Compiler::declare(const Party& written) {
  const std::string& name = written.name.text;
  const PartyId id = model_.parties.add({.name = name});
  parties_.emplace(name, id);
  model::Party& party = model_.parties[id];
  party.suspended = variable(name + ".suspended", Type::boolean, true);
  party.halted = event(name + ".halted", id);
  party.resumed = event(name + ".resumed", id);
  if (written.trust) party.trust = level(name + ".trust");
  for (const Level& attribute : written.attributes) level(name + "." + attribute.name.text);
  model_.party_levels = model_.levels.size();
}

void Compiler::declare(const Cohort& written) {
  const std::string& name = written.name.text;
  const PartyId holder = find(parties_, written.held_by.text);
  const model::CohortId id = model_.cohorts.add({.name = name, .held_by = holder});
  cohorts_.emplace(name, id);
  model::Cohort& cohort = model_.cohorts[id];
  const auto persons = [&](const char* part) { return variable(name + part, Type::number, true); };
  cohort.living_now = persons(".living");
  cohort.remains_now = persons(".remains");
  cohort.freed = persons(".freed");
  cohort.returned = persons(".returned");
  cohort.died = persons(".died");
  cohort.captured = persons(".captured");
  cohort.death = event(name + ".death", holder);
  cohort.release = event(name + ".release", holder);
  cohort.capture = event(name + ".capture", holder);
}

void Compiler::declare(const Level& written) {
  level(written.name.text);
}

void Compiler::declare(const Policy& written) {
  policies_.emplace(written.name.text, model_.policies.add({.name = written.name.text}));
}

void Compiler::declare(const Phase& written) {
  const std::string& name = written.name.text;
  const model::PhaseId id = model_.phases.add({.name = name});
  phases_.emplace(name, id);
  model::Phase& phase = model_.phases[id];
  phase.active = variable(name + ".active", Type::boolean, true);
  phase.began = model_.variables.add({.name = name + " (began)"});
  symbols_.declare(name + ".day",
                   {.variable = phase.began, .reading = Symbol::Reading::since, .clock = true});
  phase.started = event(name + ".started");
  phase.ended = event(name + ".ended");
  for (const Obligation& obligation : written.obligations) declare(obligation, id);
}

void Compiler::declare(const Obligation& written, model::PhaseId phase) {
  const std::string& name = written.name.text;
  const PartyId by = find(parties_, written.by.text);
  const model::ObligationId id = model_.obligations.add({.name = name, .phase = phase, .by = by});
  obligations_.emplace(name, id);
  model_.phases[phase].obligations.push_back(id);
  model::Obligation& obligation = model_.obligations[id];
  obligation.performed = event(name + ".performed", by);
  obligation.fulfilled = event(name + ".fulfilled", by);
  obligation.breached = event(name + ".breached", by);
  obligation.remedied = event(name + ".remedied", by);
  obligation.voided = event(name + ".voided", by);
  const bool persons = written.release.has_value();
  obligation.delivered = variable(name + ".delivered", Type::number, persons);
  obligation.missing = variable(name + ".missing", Type::number, persons);
  name_stream(written);
}

void Compiler::declare(const Talks& written) {
  const std::string& name = written.name.text;
  const model::TalksId id = model_.talks.add({.name = name});
  talks_.emplace(name, id);
  model::Talks& talks = model_.talks[id];
  talks.open = variable(name + ".open", Type::boolean, true);
  talks.opened = event(name + ".opened");
  talks.agreed = event(name + ".agreed");
  talks.rejected = event(name + ".rejected");
  talks.failed = event(name + ".failed");
  name_stream(written);
}

void Compiler::declare(const Incident& written) {
  const std::string& name = written.name.text;
  const PartyId by = written.by ? find(parties_, written.by->text) : PartyId{};
  const model::IncidentId id = model_.incidents.add({.name = name, .by = by});
  incidents_.emplace(name, id);
  model_.incidents[id].severity_now = variable(name + ".severity", Type::number, false);
  model_.incidents[id].occurred = event(name + ".occurred", by);
  name_stream(written);
}

void Compiler::declare(const Trigger& written) {
  const std::string& name = written.name.text;
  model_.triggers.add({.name = name, .fired = event(name + ".fired")});
}

void Compiler::declare_signals() {
  for_each_effect(scenario_, [&](const Effect& effect) {
    if (effect.kind == model::EffectKind::signal && !symbols_.event(effect.target.text).valid()) {
      event(effect.target.text);
    }
  });
}

void Compiler::declare_endings() {
  const auto ending = [&](const std::string& name) {
    const auto [at, added] = endings_.try_emplace(name);
    if (added) at->second = model_.endings.add(name);
    return at->second;
  };
  const auto cause = [&](const std::string& name) {
    const auto [at, added] = causes_.try_emplace(name);
    if (added) at->second = model_.causes.add(name);
  };
  model_.horizon_ending = ending("horizon");
  model_.collapsed_ending = ending("collapsed");
  model_.completed_ending = ending("completed");
  model_.incomplete_ending = ending("incomplete");
  cause("none");
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& obligation : phase.obligations) {
      if (may_withdraw(obligation.breach)) cause(obligation.name.text);
    }
  }
  for (const Incident& incident : scenario_.incidents) {
    if (may_withdraw(incident.breach)) cause(incident.name.text);
  }
  for_each_effect(scenario_, [&](const Effect& effect) {
    if (effect.kind == model::EffectKind::end) ending(effect.target.text);
    if (effect.kind == model::EffectKind::collapse) cause(effect.target.text);
  });
  constexpr std::size_t most = base::most_labels;
  if (endings_.size() > most || causes_.size() > most) {
    diagnostics_.error(scenario_.position,
                       fmt::format("more than {} endings or causes of collapse", most));
  }
}

}  // namespace truce::scenario
