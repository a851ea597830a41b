#pragma once

#include "model/trial/phases.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

class Effects;
class LoopGuard;
class Tranches;

/// What follows from a step, at once: triggers hear the events raised, first raised first; then
/// conditions of which an input has changed are read, in their order, and the first that has come
/// to hold acts; and so on, until nothing is left. A condition acts when it comes to hold, not
/// while it does.
class Triggers {
 public:
  Triggers(World& world, LoopGuard& guard, Phases& phases, Tranches& tranches, Effects& effects)
      : world_(world), guard_(guard), phases_(phases), tranches_(tranches), effects_(effects) {}

  /// Lets a trigger act, if its limit, its condition and its chance allow it.
  void fire(TriggerId id);
  /// Until nothing is left to follow.
  [[gnu::always_inline]] void propagate() {
    if (has_pending()) propagate_all();
  }

 private:
  [[nodiscard]] bool has_pending() const {
    return world_.dependencies.conditions_pending() || phases_.collapsing() ||
           !world_.raised.empty();
  }
  void propagate_all();
  void hear_events();
  bool act_on_first_condition();
  bool act_on(WatcherId id);
  [[nodiscard]] const Expr& condition_of(const Watcher& watcher) const;

  World& world_;
  LoopGuard& guard_;
  Phases& phases_;
  Tranches& tranches_;
  Effects& effects_;
};

}  // namespace truce::model
