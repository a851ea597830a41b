#include <bit>

#include "model/trial/trial.hpp"

namespace truce::model {

void Trial::drain() {
  std::size_t generation_end = raised_.size();
  while (raised_done_ < raised_.size() && !ended_) {
    if (raised_done_ == generation_end) {
      generation_end = raised_.size();
      lengthen_reaction();
    }
    if (raised_.size() > settings_.event_limit) refuse_raised(static_cast<double>(raised_.size()));
    const EventId event = raised_[raised_done_++];
    const Range triggers = model_.events[event].triggers;
    for (std::uint32_t i = triggers.begin; i < triggers.end && !ended_; ++i) {
      if (telling()) why_ = "upon " + model_.event_labels[event].name;
      fire(model_.upon[i]);
    }
  }
  reactions_ += raised_done_;
  if (reactions_ >= next_look_at_reactions_) [[unlikely]]
    look_up();
  raised_.clear();
  raised_done_ = 0;
  if (collapsing_ && !ended_ && model_.after_collapse == AfterCollapse::end) {
    end(model_.collapsed_ending);
  }
  collapsing_ = false;
}

void Trial::settle_all() {
  reaction_ = 0;
  do {
    drain();
    lengthen_reaction();
  } while (!ended_ && react_to_first_condition());
}

bool Trial::react_to_first_condition() {
  // Takes marked conditions in order until one acts.
  for (std::size_t word = 0; word < model_.first_rate_word; ++word) {
    while (dirty_[word] != 0) {
      const auto id =
          static_cast<std::uint32_t>(word * Marks::bits_per_word + std::countr_zero(dirty_[word]));
      dirty_[word] &= dirty_[word] - 1;
      if (react_to(id)) return true;
    }
  }
  return false;
}

bool Trial::react_to(std::uint32_t id) {
  const Reactor& reactor = model_.reactors[id];
  if (reactor.kind == ReactorKind::waits) {
    release_waiting();
    return false;
  }
  if (reactor.kind == ReactorKind::ends_when && phase_ != PhaseId{reactor.subject}) return false;
  const bool held_before = condition_holds_[id] != 0;
  const bool holds = numbers_(condition_of(reactor)) != 0;
  condition_holds_[id] = holds ? 1 : 0;
  if (!holds || held_before) return false;
  switch (reactor.kind) {
    case ReactorKind::ends_when:
      if (telling()) why_ = "ends_when holds";
      rule_on_phase();
      return true;
    case ReactorKind::requires_:
      mark(model_.waits_reactor);
      return false;
    default:
      if (telling()) why_ = "its condition has come to hold";
      fire(TriggerId{reactor.subject});
      return true;
  }
}

const Expr& Trial::condition_of(const Reactor& reactor) const {
  switch (reactor.kind) {
    case ReactorKind::ends_when:
      return model_.phases[PhaseId{reactor.subject}].ends_when;
    case ReactorKind::requires_:
      return model_.obligations[ObligationId{reactor.subject}].requires_;
    default:
      return model_.triggers[TriggerId{reactor.subject}].expression;
  }
}

void Trial::refresh_rate(const Reactor& reactor) {
  switch (reactor.kind) {
    case ReactorKind::incident_rate:
      return refresh_incident(IncidentId{reactor.subject});
    case ReactorKind::trigger_rate:
      return refresh_trigger_rate(TriggerId{reactor.subject});
    default:
      return refresh_mortality(CohortId{reactor.subject});
  }
}

void Trial::fire(TriggerId id) {
  const Trigger& trigger = model_.triggers[id];
  const Event& fired = model_.events[trigger.fired];
  if (trigger.limit.present() && value(fired.count) >= numbers_(trigger.limit)) return;
  if (trigger.while_.present() && numbers_(trigger.while_) == 0) return;
  if (!chance(trigger.chance, trigger.chance_place)) return;
  raise(trigger.fired);
  if (telling()) why_ = "trigger " + trigger.name;
  act(trigger.effects, Portion{});
}

}  // namespace truce::model
