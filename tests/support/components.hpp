#pragma once

#include <cstdint>
#include <tuple>

#include "model/trial/components.hpp"

namespace truce::test {

/// The components of a trial for the tests of one of them, reset, on day 0. No step is taken but by
/// the test.
struct Components : model::Components {
  explicit Components(const model::Model& model, const model::SimulatorSettings& settings = {})
      : model::Components(model, settings) {
    world.reset(0, nullptr);
    const auto reset = [](auto& component) {  // the world has been
      if constexpr (requires { component.reset(); }) component.reset();
    };
    std::apply([&](auto&... each) { (reset(each), ...); }, lasting<model::Components>(*this));
  }

  [[nodiscard]] double value(model::VariableId id) const { return world.value(id); }
  /// How often an event has occurred.
  [[nodiscard]] double times(model::EventId event) const {
    return world.value(world.model.events[event].count);
  }
  /// How many numbers have been drawn from a stream.
  [[nodiscard]] std::uint32_t drawn(model::StreamId stream) const {
    return world.numbers.state().streams[stream.index()].drawn;
  }
  /// Takes the next step; returns its time, infinite where there is none.
  double take() {
    const model::SlotId slot = world.agenda.first();
    if (!world.agenda.pending(slot)) return model::infinity;
    world.agenda.advance(world.agenda.first_time());
    dispatch(slot);
    return world.now();
  }
};

}  // namespace truce::test
