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

}  // namespace truce::test
