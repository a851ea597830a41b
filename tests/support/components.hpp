#pragma once

#include "model/trial/components.hpp"

namespace truce::test {

/// The components of a trial for the tests of one of them, on day 0. No step is taken but by the
/// test.
struct Components : model::Components {
  explicit Components(const model::Model& model) : model::Components(model, {}) {
    world.reset(0, nullptr);
    phases.reset();
  }

  /// How often an event has occurred.
  [[nodiscard]] double times(model::EventId event) const {
    return world.value(world.model.events[event].count);
  }
};

}  // namespace truce::test
