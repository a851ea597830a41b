#pragma once

#include <cstddef>

#include "model/model.hpp"

namespace truce::test {

/// A model that is written by hand: so many parties and obligations, each party obliged in turn,
/// with the variables and events that restraints and disputes are counted in.
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
    model.obligations.add(
        {.by = model::PartyId{i % parties}, .delivered = variable(), .missing = variable()});
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

}  // namespace truce::test
