#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "support/components.hpp"
#include "support/heard.hpp"
#include "support/small_model.hpp"

namespace truce::test {

/// Triggers as they are written, each of which is told of by its name when it fires. The variable
/// `given` may be read by them.
struct WrittenTriggers {
  model::Model model = small_model(1, 1);
  model::VariableId given = variable(model);
  model::StreamId stream = test::stream(model);

  WrittenTriggers() {
    phase(model);
    phase(model);
    endings(model);
  }
  /// Its effects are one at most.
  model::TriggerId trigger(const char* name, model::Range effects = {}) {
    model::Trigger trigger;
    trigger.fired = event(model, name);
    trigger.effects = effects;
    return model.triggers.add(trigger);
  }
  /// One that acts once that variable is not 0.
  model::TriggerId when(model::VariableId of, const char* name, model::Range effects = {}) {
    const model::TriggerId id = trigger(name, effects);
    model.triggers[id].expression = value_of(of);
    condition(model, model::WatcherKind::when, id, of);
    return id;
  }
  void upon(model::EventId event, std::initializer_list<model::TriggerId> triggers) {
    const auto begin = static_cast<std::uint32_t>(model.triggers_by_event.size());
    model.triggers_by_event.insert(model.triggers_by_event.end(), triggers);
    const auto end = static_cast<std::uint32_t>(model.triggers_by_event.size());
    model.events[event].triggers = {.begin = begin, .end = end};
  }
  model::Range effect(model::EffectKind kind, model::AnyId subject, double amount = 0) {
    return test::effect(model,
                        {.kind = kind, .subject = subject, .value = constant(model, amount)});
  }
};

/// Triggers among the other components.
struct ActingTriggers : Components {
  explicit ActingTriggers(const WrittenTriggers& written,
                          const model::SimulatorSettings& settings = {})
      : Components(written.model, settings) {
    world.listen(&heard, nullptr);
  }
  /// What has been told since it was asked for last.
  std::vector<std::string> told() {
    std::vector<std::string> names;
    names.swap(heard.names);
    return names;
  }
  /// What follows from a change of a variable.
  std::vector<std::string> set(model::VariableId id, double x) {
    world.set(id, x);
    triggers.propagate();
    return told();
  }
  std::vector<std::string> raise(model::EventId event) {
    world.raise(event);
    triggers.propagate();
    return told();
  }
  [[nodiscard]] double fired(model::TriggerId id) const {
    return times(world.model.triggers[id].fired);
  }

  Heard heard;
};

}  // namespace truce::test
