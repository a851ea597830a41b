#pragma once

// Included by trial.hpp alone: the members of Trial that nearly every event calls several times,
// small enough to become part of their callers. What they refuse is told out of line.

#include <bit>
#include <cmath>

#include "model/trial/trial.hpp"
#include "model/whole.hpp"

namespace truce::model {

// Variables, and what depends on them.

inline void Trial::mark(ReactorId id) {
  dirty_[id.index() / Marks::bits_per_word] |= std::uint64_t{1}
                                               << id.index() % Marks::bits_per_word;
}

inline void Trial::mark(std::span<const Marks> marks) {
  for (const Marks& m : marks) dirty_[m.word] |= m.bits;
}

[[gnu::always_inline]] inline void Trial::touch(VariableId id) {
  const Range watchers = model_.watchers[id.index()];
  for (std::uint32_t i = watchers.begin; i < watchers.end; ++i) {
    const Marks& marks = model_.watching[i];
    dirty_[marks.word] |= marks.bits;
  }
}

inline void Trial::set(VariableId id, double x) {
  double& present = cell(id);
  if (present == x) return;
  present = x;
  touch(id);
}

inline void Trial::add(VariableId id, double amount) {
  cell(id) += amount;
  touch(id);
}

// Checked values.

[[gnu::always_inline]] inline double Trial::duration(const Expr& expression,
                                                     const std::string& owner, const char* key,
                                                     double fallback) {
  if (!expression.present()) return fallback;
  const double days = numbers_(expression);
  if (!(days >= 0)) [[unlikely]]
    refuse_duration(owner, key, days);
  return days;
}

inline double Trial::rate(const Expr& expression, const std::string& owner) {
  if (!expression.present()) return 0;
  const double per_day = numbers_(expression);
  if (!(per_day >= 0 && per_day < infinity)) [[unlikely]]
    refuse_rate(owner, per_day);
  return per_day;
}

inline double Trial::persons(double x, const std::string& owner) {
  constexpr double most = 1e9;
  const double whole = whole_nearest(x);
  if (!(whole >= 0 && whole <= most)) [[unlikely]]
    refuse_persons(owner, x);
  return whole;
}

[[gnu::always_inline]] inline bool Trial::chance(const Expr& expression, PlaceId place) {
  if (!expression.present()) return true;
  constexpr double tolerance = 1e-9;
  const double p = numbers_(expression);
  if (p > 0 && p < 1) return numbers_.below(p, place);
  if (!(p >= -tolerance && p <= 1 + tolerance)) [[unlikely]]
    refuse_probability(place, p);
  numbers_.skip(place, {.held = Held::chance, .probability = p >= 1 ? 1.0 : 0.0});
  return p >= 1;
}

inline void Trial::shift_trust(PartyId party, Expr Party::*amount) {
  if (!party.valid()) return;
  const Party& of = model_.parties[party];
  if (of.trust.valid()) shift(of.trust, of.*amount);
}

// Events.

[[gnu::always_inline]] inline void Trial::raise(EventId id, double amount) {
  const Event& event = model_.events[id];
  add(event.count, 1);
  if (event.last.valid()) set(event.last, now_);
  if (telling()) tell_event(id, amount);
  if (!event.triggers.empty()) raised_.push_back(id);
}

inline bool Trial::unsettled() const {
  std::uint64_t conditions = 0;
  for (std::size_t word = 0; word < model_.first_rate_word; ++word) conditions |= dirty_[word];
  return conditions != 0 || collapsing_ || !raised_.empty();
}

inline void Trial::settle() {
  if (unsettled()) settle_all();
}

// What each step looks at.

inline std::uint32_t Trial::next_slot() {
  auto slot = static_cast<std::uint32_t>(calendar_.first());
  while (refine(slot)) slot = static_cast<std::uint32_t>(calendar_.first());
  return slot;
}

// Rates matter while time passes, and so are read once for all that happens at one time.
inline bool Trial::refresh_rates() {
  bool any = false;
  for (std::size_t word = model_.first_rate_word; word < model_.first_measure_word; ++word) {
    std::uint64_t rates = dirty_[word];
    if (rates == 0) continue;
    any = true;
    dirty_[word] = 0;
    for (; rates != 0; rates &= rates - 1) {
      refresh_rate(model_.reactors[word * Marks::bits_per_word + std::countr_zero(rates)]);
    }
  }
  return any;
}

inline void Trial::read_measures() {
  for (std::size_t word = model_.first_measure_word; word < dirty_.size(); ++word) {
    std::uint64_t marked = dirty_[word];
    dirty_[word] = 0;
    const std::size_t first = (word - model_.first_measure_word) * Marks::bits_per_word;
    for (; marked != 0; marked &= marked - 1) {
      read_measure(first + static_cast<std::size_t>(std::countr_zero(marked)));
    }
  }
}

// Slots of the calendar.

inline std::uint32_t Trial::schedule(Step step, double time, Rank rank) {
  if (free_slots_.empty()) [[unlikely]]
    more_slots();
  const std::uint32_t slot = free_slots_.take();
  steps_[slot] = step;
  calendar_.schedule(slot, time, rank);
  return slot;
}

inline void Trial::schedule_fixed(std::uint32_t slot, double time, Rank rank) {
  // The slots that are always there stand for the same thing in every trial.
  if (steps_[slot].kind == StepKind::free) steps_[slot] = fixed_step(slot);
  calendar_.schedule(slot, time, rank);
}

inline void Trial::cancel(std::uint32_t& slot) {
  if (slot == none) return;
  calendar_.cancel(slot);
  if (slot >= fixed_slots_) {
    steps_[slot] = Step{};
    free_slots_.give(slot);
  }
  slot = none;
}

inline engine::HazardTimer& Trial::timer_of(IncidentId id) {
  return timers_[id.index()];
}

inline engine::HazardTimer& Trial::timer_of(TriggerId id) {
  return timers_[model_.incidents.size() + id.index()];
}

inline engine::HazardTimer& Trial::timer_of(CohortId id) {
  return timers_[model_.incidents.size() + model_.triggers.size() + id.index()];
}

}  // namespace truce::model
