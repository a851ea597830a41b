#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "base/contract.hpp"

namespace truce::engine {

/// What comes first among events at one time: ticks, then windows, then ordinary steps in the order
/// of their scheduling, then limits (of phases and talks), the horizon last.
enum class Rank : std::uint64_t { tick = 0, window = 1, step = 2, limit = 3, horizon = 4 };

/// Calendar of pending events: numbered slots, each empty or holding one time, under a winner tree
/// (a tournament whose inner nodes name the earlier of their two children; Knuth, TAOCP 3, 5.4.1).
/// Scheduling, cancelling and moving a slot cost one path to the root. Events are ordered by time,
/// rank, and order of scheduling: a total order, so that ties never depend on memory or history.
class Calendar {
 public:
  static constexpr double never = std::numeric_limits<double>::infinity();

  /// An empty calendar for at least `slots` slots.
  explicit Calendar(std::size_t slots = 1) { resize(slots); }

  [[nodiscard]] std::size_t slots() const { return leaves_; }

  void clear() {
    times_ = empty_times_;
    node_times_ = empty_node_times_;
    node_slots_ = empty_node_slots_;
    scheduled_ = 0;
    stale_ = none;
  }

  /// Keeps what is pending.
  void grow(std::size_t slots) {
    if (slots > leaves_) resize(slots);
  }

  /// Puts the slot's event at `time` >= 0, in place of what was pending in it.
  void schedule(std::size_t slot, double time, Rank rank = Rank::step) {
    TRUCE_EXPECT(slot < leaves_ && time >= 0);
    times_[slot] = std::bit_cast<std::uint64_t>(time + 0.0);
    orders_[slot] = static_cast<std::uint64_t>(rank) << rank_shift | scheduled_++;
    replay(slot);
  }

  /// How many places have been taken in the order of scheduling, and the place of a pending slot.
  [[nodiscard]] std::uint64_t scheduled() const { return scheduled_; }
  [[nodiscard]] std::uint64_t order_of(std::size_t slot) const {
    TRUCE_EXPECT(slot < leaves_);
    return orders_[slot] & ((std::uint64_t{1} << rank_shift) - 1);
  }

  /// Takes the next place in the order of scheduling for an ordinary step that is scheduled later.
  [[nodiscard]] std::uint64_t reserve() { return scheduled_++; }
  void schedule_reserved(std::size_t slot, double time, std::uint64_t place) {
    TRUCE_EXPECT(slot < leaves_ && time >= 0 && place < scheduled_);
    times_[slot] = std::bit_cast<std::uint64_t>(time + 0.0);
    orders_[slot] = static_cast<std::uint64_t>(Rank::step) << rank_shift | place;
    replay(slot);
  }

  /// Empties the slot of the first event, as its event begins. The tree is mended when the slot is
  /// used again, which is mostly at once, or when the next event is asked for.
  void begin(std::size_t slot) {
    TRUCE_EXPECT(slot == node_slots_[1] && stale_ == none);
    times_[slot] = empty(slot);
    stale_ = slot;
  }

  void cancel(std::size_t slot) {
    TRUCE_EXPECT(slot < leaves_);
    times_[slot] = empty(slot);
    replay(slot);
  }

  [[nodiscard]] bool pending(std::size_t slot) const {
    TRUCE_EXPECT(slot < leaves_);
    return times_[slot] < empty(0);
  }
  /// `never` where nothing is pending.
  [[nodiscard]] double time_of(std::size_t slot) const {
    return pending(slot) ? std::bit_cast<double>(times_[slot]) : never;
  }
  /// The time of the first event, once `first` has been asked for it and if there is one.
  [[nodiscard]] double first_time() const {
    TRUCE_EXPECT(stale_ == none);
    return std::bit_cast<double>(node_times_[1]);
  }
  /// The slot of the first event. Empty calendars answer a slot whose time is `never`.
  [[nodiscard]] std::size_t first() {
    if (stale_ != none) replay(stale_);
    return node_slots_[1];
  }

 private:
  static constexpr unsigned rank_shift = 61;  ///< above the order of scheduling
  /// The earlier of two events. Times are not negative, so their bit patterns are ordered as they
  /// are.
  struct Winner {
    std::uint64_t time = 0;
    std::uint32_t slot = 0;
  };

  // Empty slots come after all times, and are never equal: a comparison of two times decides
  // nearly every match.
  static constexpr std::uint64_t empty(std::size_t slot) {
    return std::bit_cast<std::uint64_t>(never) + slot;
  }

  void play(Winner& winner, std::uint64_t time, std::uint32_t slot) const {
    if (take_earlier(winner, time, slot)) [[unlikely]] {
      if (orders_[slot] < orders_[winner.slot]) winner.slot = slot;
    }
  }

  /// Lets the other event win where it is earlier. Returns whether both are at one time, so that
  /// nothing is decided or changed. There is no branch on who wins, as that is hard to predict;
  /// compilers, which make one, are not asked.
  static bool take_earlier(Winner& winner, std::uint64_t time, std::uint32_t slot) {
#if defined(__x86_64__) && defined(__GNUC__)
    bool tie = false;
    asm("cmpq %[time], %[winner_time]\n\t"
        "cmovaq %[time], %[winner_time]\n\t"
        "cmoval %[slot], %[winner_slot]"
        : [winner_time] "+&r"(winner.time), [winner_slot] "+r"(winner.slot), "=@cce"(tie)
        : [time] "r"(time), [slot] "rm"(slot));
    return tie;
#else
    const bool tie = time == winner.time;
    const std::uint64_t wins = -static_cast<std::uint64_t>(time < winner.time);
    winner.time ^= (winner.time ^ time) & wins;
    winner.slot ^= (winner.slot ^ slot) & static_cast<std::uint32_t>(wins);
    return tie;
#endif
  }

  // What a stale slot has won on its path to the root is wrong until that path is replayed, and so
  // is what it wins on paths replayed before, which are part of its own from there on.
  void replay(std::size_t slot) {
    if (slot == stale_) stale_ = none;
    std::uint64_t* const times = node_times_.data();
    std::uint32_t* const slots = node_slots_.data();
    Winner winner{times_[slot], static_cast<std::uint32_t>(slot)};
    play(winner, times_[slot ^ 1U], static_cast<std::uint32_t>(slot ^ 1U));
    for (std::size_t node = (leaves_ + slot) >> 1U;; node >>= 1U) {
      times[node] = winner.time;
      slots[node] = winner.slot;
      if (node == 1) return;
      play(winner, times[node ^ 1U], slots[node ^ 1U]);
    }
  }

  void resize(std::size_t slots) {
    stale_ = none;
    const std::vector<std::uint64_t> before = std::move(times_);
    // A power of two: all paths are of one length, which processors predict.
    leaves_ = std::bit_ceil(slots < 2 ? std::size_t{2} : slots);
    orders_.resize(leaves_);
    times_.resize(leaves_);
    for (std::size_t slot = 0; slot < leaves_; ++slot) times_[slot] = empty(slot);
    empty_times_ = times_;
    play_all();
    empty_node_times_ = node_times_;
    empty_node_slots_ = node_slots_;
    std::ranges::copy(before, times_.begin());
    play_all();
  }

  void play_all() {
    node_times_.assign(leaves_, empty(0));
    node_slots_.assign(leaves_, 0);
    for (std::size_t slot = 0; slot < leaves_; slot += 2) replay(slot);
  }

  static constexpr std::size_t none = ~std::size_t{0};

  std::size_t leaves_ = 0;
  std::size_t stale_ = none;
  std::uint64_t scheduled_ = 0;
  std::vector<std::uint64_t> times_;   ///< by slot, as bits
  std::vector<std::uint64_t> orders_;  ///< by slot: rank and order of scheduling
  // The winner at a node, which is the parent of 2 node and 2 node + 1; slots are below. Kept
  // apart, as compilers that join the two in one register make the tree twice as slow.
  std::vector<std::uint64_t> node_times_;
  std::vector<std::uint32_t> node_slots_;
  // Those of an empty calendar.
  std::vector<std::uint64_t> empty_times_;
  std::vector<std::uint64_t> empty_node_times_;
  std::vector<std::uint32_t> empty_node_slots_;
};

}  // namespace truce::engine
