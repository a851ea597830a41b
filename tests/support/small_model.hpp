#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "model/model.hpp"

namespace truce::test {

/// A model that is written by hand: so many parties and obligations, each party obliged in turn,
/// with the variables and events that restraints, disputes and tranches are counted in.
inline model::Model small_model(std::size_t parties, std::size_t obligations) {
  model::Model model;
  const auto variable = [&] { return model.variables.add({}); };
  const auto event = [&] {
    model.event_labels.add({});
    return model.events.add({.count = variable()});
  };
  model.time = variable();
  model.active = variable();
  model.over = variable();
  model.kept = variable();
  model.context = {.count = variable(),
                   .number = variable(),
                   .delivered = variable(),
                   .missing = variable(),
                   .late = variable(),
                   .severity = variable()};
  model.disputes_open = variable();
  model.restrained = variable();
  model.dispute_opened = event();
  model.dispute_settled = event();
  model.dispute_failed = event();
  model.collapsed = event();
  for (std::size_t i = 0; i < parties; ++i) {
    model.parties.add({.suspended = variable(), .halted = event(), .resumed = event()});
  }
  for (std::size_t i = 0; i < obligations; ++i) {
    model::Obligation obligation;
    obligation.by = model::PartyId{i % parties};
    obligation.delivered = variable();
    obligation.missing = variable();
    for (const auto of :
         {&model::Obligation::performed, &model::Obligation::fulfilled,
          &model::Obligation::breached, &model::Obligation::remedied, &model::Obligation::voided}) {
      obligation.*of = event();
    }
    model.obligations.add(obligation);
  }
  model.program.variables = model.variables.size();
  // One watcher, read by nothing: that of the tranches that wait.
  model::DependencyGraph& graph = model.dependencies;
  graph.watchers.resize(model::DirtyMask::bits_per_word);
  graph.watchers[0].kind = model::WatcherKind::waits;
  graph.first_rate_word = graph.first_measure_word = 1;
  graph.by_variable.resize(model.variables.size());
  model.waits_watcher = model::WatcherId{0};
  return model;
}

// What is added to it, for the components that need more.

/// A variable more, which nothing is read for.
inline model::VariableId variable(model::Model& model) {
  const model::VariableId id = model.variables.add({});
  model.program.variables = model.variables.size();
  model.dependencies.by_variable.resize(model.variables.size());
  return id;
}
inline model::EventId event(model::Model& model, const char* name = "") {
  model.event_labels.add({.name = name, .who = {}});
  return model.events.add({.count = variable(model), .last = {}, .triggers = {}});
}
/// A stream whose numbers are independent of those of all others.
inline model::StreamId stream(model::Model& model) {
  const engine::StreamKey key{model.streams.size()};
  return model.streams.add({.name = {}, .key = key, .formulas = {}});
}
/// Those from which something draws what follows its breach.
inline model::BreachStreams breach_streams(model::Model& model) {
  return {.response = stream(model), .settles = stream(model), .unsettled = stream(model)};
}
/// A condition more, which is read again when that variable changes, as are no other ones.
inline model::WatcherId condition(model::Model& model, model::WatcherKind kind,
                                  model::AnyId subject, model::VariableId of) {
  model::DependencyGraph& graph = model.dependencies;
  const auto unused =
      std::ranges::find(graph.watchers, model::WatcherKind::measure, &model::Watcher::kind);
  *unused = {.kind = kind, .subject = subject};
  const auto bit = static_cast<std::uint32_t>(unused - graph.watchers.begin());
  const auto mask = static_cast<std::uint32_t>(graph.masks.size());
  graph.masks.push_back({.word = 0, .bits = std::uint64_t{1} << bit});
  graph.by_variable[of.index()] = {.begin = mask, .end = mask + 1};
  return model::WatcherId{bit};
}
/// A level without bounds.
inline model::LevelId level(model::Model& model) {
  model::Level level;
  level.value = variable(model);
  return model.levels.add(level);
}
/// Gives a party trust, of which it has none else.
inline model::VariableId trust(model::Model& model, model::PartyId party) {
  const model::LevelId trust = level(model);
  model.parties[party].trust = trust;
  return model.levels[trust].value;
}
/// An effect more.
inline model::Range effect(model::Model& model, const model::Effect& effect) {
  const auto begin = static_cast<std::uint32_t>(model.effects.size());
  model.effects.push_back(effect);
  model.effect_names.emplace_back();
  return {.begin = begin, .end = begin + 1};
}
/// A phase that lasts for ever, with nothing to do in it.
inline model::PhaseId phase(model::Model& model) {
  model::Phase phase;
  phase.active = variable(model);
  phase.began = variable(model);
  phase.started = event(model);
  phase.ended = event(model);
  return model.phases.add(phase);
}
/// The endings that there always are, in the order of their ids, and the cause of what has not
/// collapsed.
inline void endings(model::Model& model) {
  model.causes.add("none");
  model.horizon_ending = model.endings.add("horizon");
  model.collapsed_ending = model.endings.add("collapsed");
  model.completed_ending = model.endings.add("completed");
  model.incomplete_ending = model.endings.add("incomplete");
}
/// An incident that comes by no rate.
inline model::IncidentId incident(model::Model& model) {
  model::Incident incident;
  incident.severity_now = variable(model);
  incident.occurred = event(model);
  return model.incidents.add(incident);
}
/// A cohort of nobody.
inline model::CohortId cohort(model::Model& model) {
  model::Cohort cohort;
  for (const auto of :
       {&model::Cohort::living_now, &model::Cohort::remains_now, &model::Cohort::freed,
        &model::Cohort::returned, &model::Cohort::died, &model::Cohort::captured}) {
    cohort.*of = variable(model);
  }
  for (const auto of : {&model::Cohort::death, &model::Cohort::release, &model::Cohort::capture}) {
    cohort.*of = event(model);
  }
  return model.cohorts.add(cohort);
}

// Expressions: what is always `x`, and what a variable is.
inline model::Expr constant(model::Model& model, double x) {
  model.program.fixed.push_back(x);
  return {.result = -static_cast<model::Register>(model.program.fixed.size())};
}
inline model::Expr value_of(model::VariableId id) {
  return {.result = static_cast<model::Register>(id.index())};
}
/// The variable that an expression is.
inline model::VariableId variable_of(const model::Expr& expression) {
  return model::VariableId{static_cast<std::size_t>(expression.result)};
}

}  // namespace truce::test
