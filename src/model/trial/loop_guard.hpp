#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/trial/loop_watch.hpp"
#include "model/trial/saved.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

struct LoopGuardState {
  std::uint64_t events = 0;
  std::uint64_t next_look = 0;  ///< number of events at which to look up
  std::uint64_t reactions = 0;  ///< events that triggers have heard
  std::uint64_t next_look_at_reactions = 0;
  std::uint64_t generation_end = 0;  ///< order of the first step caused by those at this time
  std::uint32_t generation = 0;      ///< of steps at this time
  bool watching = false;
  std::vector<std::string> names;  ///< of what the watch has heard
};

/// Keeps a trial from going on for ever, and lets it be stopped. What happens at one time may be as
/// much as a scenario has of it; what is bounded is how many steps cause one another, each the
/// next, while no time passes, as in a loop there is no end to it.
class LoopGuard : public Saved<LoopGuardState> {
 public:
  explicit LoopGuard(World& world) : world_(world) {}
  void reset();
  void restore(const State& state);

  /// Steps of the calendar so far.
  [[nodiscard]] std::uint64_t events() const { return state_.events; }

  /// Time has moved on.
  void time_passes() {
    state_.generation = 0;
    state_.generation_end = world_.agenda.scheduled();
  }
  /// A step is about to begin. Throws TrialInterrupted, and a TrialError that names the rules at
  /// work where events are more than their limit or cause one another without end; `rule_of` names
  /// what stands in a slot.
  template <class RuleOf>
  void next(SlotId slot, const RuleOf& rule_of) {
    if (world_.agenda.order_of(slot) >= state_.generation_end) [[unlikely]] {
      if (next_generation()) refuse_loop(rule_of(slot));
    }
    if (++state_.events >= state_.next_look) [[unlikely]]
      look_up();
  }

  /// Reactions to one step begin; each is caused by the one before.
  void begin_reactions() { reaction_ = 0; }
  void next_reaction() {
    if (++reaction_ >= longest_chain) [[unlikely]] {
      if (too_long(reaction_)) refuse_loop("");
    }
  }
  /// Triggers have heard so many events more.
  void heard(std::size_t events) {
    state_.reactions += events;
    if (state_.reactions >= state_.next_look_at_reactions) [[unlikely]]
      look_up();
  }

 private:
  static constexpr std::uint32_t longest_chain = 100'000;

  bool next_generation();
  bool too_long(std::uint32_t length);
  void watch();
  void look_up();
  [[noreturn]] void refuse_loop(const std::string& last) const;

  World& world_;
  std::uint32_t reaction_ = 0;  ///< links of the chain of reactions to one step
  LoopWatch watch_;
};

}  // namespace truce::model
