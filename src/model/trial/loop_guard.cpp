#include "model/trial/loop_guard.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "model/trial/fail.hpp"

namespace truce::model {

void LoopGuard::reset() {
  state_.events = state_.next_look = 0;
  state_.reactions = state_.next_look_at_reactions = 0;
  state_.generation_end = 0;
  state_.generation = 0;
  state_.watching = false;
  state_.names.clear();
}

void LoopGuard::restore(const State& state) {
  state_ = state;
  if (state_.watching) watch_.listen(world_.trace, state_.names);
}

bool LoopGuard::next_generation() {
  state_.generation_end = world_.agenda.scheduled();
  ++state_.generation;
  return state_.generation >= longest_chain && too_long(state_.generation);
}

// The rules in a loop are named by listening to its last links.
bool LoopGuard::too_long(std::uint32_t length) {
  constexpr std::uint32_t links_watched = 100;
  if (length == longest_chain) watch();
  return length >= longest_chain + links_watched;
}

void LoopGuard::watch() {
  state_.watching = true;
  state_.names.clear();
  watch_.listen(world_.trace, state_.names);
}

void LoopGuard::refuse_loop(const std::string& last) const {
  std::vector<std::string> names = state_.names;
  if (names.empty()) names.push_back(last);
  fail(
      "a loop on day {}: more than {} steps follow one another while no time passes, among them "
      "{}; a delay, a 'limit' or an 'if' ends it",
      world_.now(), longest_chain, fmt::to_string(fmt::join(names, ", ")));
}

void LoopGuard::look_up() {
  constexpr std::uint64_t events_between = 1U << 16U;
  const SimulatorSettings& settings = world_.settings;
  if (settings.stop != nullptr && settings.stop->load(std::memory_order_relaxed)) {
    throw TrialInterrupted();
  }
  const std::uint64_t seen = state_.events + state_.reactions;
  if (seen > settings.event_limit) {
    fail("more than {} events; the last, near day {}, are of {}", settings.event_limit,
         world_.now(), fmt::to_string(fmt::join(state_.names, ", ")));
  }
  // The last ones are listened to, so that the rules that bring so many can be named.
  if (!state_.watching && seen + 2 * events_between > settings.event_limit) watch();
  state_.next_look = std::min(settings.event_limit + 1, state_.events + events_between);
  state_.next_look_at_reactions = state_.reactions + events_between;
}

}  // namespace truce::model
