#include "model/trial/triggers.hpp"

#include "model/trial/effects.hpp"
#include "model/trial/loop_guard.hpp"
#include "model/trial/phases.hpp"
#include "model/trial/tranches.hpp"

namespace truce::model {

void Triggers::fire(TriggerId id) {
  const Trigger& trigger = world_.model.triggers[id];
  const Event& fired = world_.model.events[trigger.fired];
  if (trigger.limit.present() && world_.value(fired.count) >= world_.numbers(trigger.limit)) return;
  if (!world_.holds(trigger.while_)) return;
  if (!world_.chance(trigger.chance, trigger.chance_stream)) return;
  world_.raise(trigger.fired);
  world_.because("trigger ", trigger.name);
  effects_.act(trigger.effects, Portion{});
}

void Triggers::hear_events() {
  std::vector<EventId>& raised = world_.raised;
  std::size_t heard = 0;
  std::size_t generation_end = raised.size();
  while (heard < raised.size() && !phases_.stopped()) {
    if (heard == generation_end) {
      generation_end = raised.size();
      guard_.next_reaction();
    }
    if (raised.size() > world_.settings.event_limit) {
      world_.refuse_raised(static_cast<double>(raised.size()));
    }
    const EventId event = raised[heard++];
    const Range triggers = world_.model.events[event].triggers;
    for (std::uint32_t i = triggers.begin; i < triggers.end && !phases_.stopped(); ++i) {
      world_.because("upon ", world_.model.event_labels[event].name);
      fire(world_.model.triggers_by_event[i]);
    }
  }
  guard_.heard(heard);
  raised.clear();
  phases_.conclude_collapse();
}

void Triggers::propagate_all() {
  guard_.begin_reactions();
  do {
    hear_events();
    guard_.next_reaction();
    // An ending that a collapse has led to raises events of its own.
  } while (!phases_.stopped() && (!world_.raised.empty() || act_on_first_condition()));
}

bool Triggers::act_on_first_condition() {
  Dependencies& dependencies = world_.dependencies;
  for (WatcherId id = dependencies.take_condition(); id.valid();
       id = dependencies.take_condition()) {
    if (act_on(id)) return true;
  }
  return false;
}

bool Triggers::act_on(WatcherId id) {
  Dependencies& dependencies = world_.dependencies;
  const Watcher& watcher = dependencies[id];
  if (watcher.kind == WatcherKind::waits) {
    tranches_.release_waiting();
    return false;
  }
  if (watcher.kind == WatcherKind::ends_when && phases_.active() != watcher.subject.as<PhaseId>()) {
    return false;
  }
  const bool held_before = dependencies.holds(id);
  const bool holds = world_.numbers(condition_of(watcher)) != 0;
  dependencies.set_holds(id, holds);
  if (!holds || held_before) return false;
  switch (watcher.kind) {
    case WatcherKind::ends_when:
      world_.because("ends_when holds");
      phases_.rule();
      return true;
    case WatcherKind::requires_:
      dependencies.mark(world_.model.waits_watcher);
      return false;
    case WatcherKind::when:
      world_.because("its condition has come to hold");
      fire(watcher.subject.as<TriggerId>());
      return true;
    case WatcherKind::waits:
    case WatcherKind::incident_rate:
    case WatcherKind::trigger_rate:
    case WatcherKind::mortality:
    case WatcherKind::measure:
      break;
  }
  TRUCE_EXPECT(false && "a condition");
  return false;
}

const Expr& Triggers::condition_of(const Watcher& watcher) const {
  switch (watcher.kind) {
    case WatcherKind::ends_when:
      return world_.model.phases[watcher.subject.as<PhaseId>()].ends_when;
    case WatcherKind::requires_:
      return world_.model.obligations[watcher.subject.as<ObligationId>()].requires_;
    case WatcherKind::when:
    case WatcherKind::waits:  // which is none, and never asked for
    case WatcherKind::incident_rate:
    case WatcherKind::trigger_rate:
    case WatcherKind::mortality:
    case WatcherKind::measure:
      break;
  }
  TRUCE_EXPECT(watcher.kind == WatcherKind::when);
  return world_.model.triggers[watcher.subject.as<TriggerId>()].expression;
}

}  // namespace truce::model
