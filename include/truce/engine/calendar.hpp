#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace truce::engine {

/// What comes first among events at one time: ticks, then ordinary steps in the order of their
/// scheduling, then limits (of phases and talks), the horizon last.
enum class Rank : std::uint64_t { tick = 0, step = 1, limit = 2, horizon = 3 };

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
    keys_.assign(leaves_, Key{});
    winners_ = empty_winners_;
    scheduled_ = 0;
    stale_ = none;
  }

  /// Keeps what is pending.
  void grow(std::size_t slots) {
    if (slots > leaves_) resize(slots);
  }

  /// Puts the slot's event at `time` >= 0, in place of what was pending in it.
  void schedule(std::size_t slot, double time, Rank rank = Rank::step) {
    assert(slot < leaves_ && time >= 0);
    keys_[slot] = {std::bit_cast<std::uint64_t>(time + 0.0),
                   static_cast<std::uint64_t>(rank) << 62U | scheduled_++};
    replay(slot);
  }

  /// Empties the slot of the first event, as its event begins. The tree is mended when the slot is
  /// used again, which is mostly at once, or when the next event is asked for.
  void begin(std::size_t slot) {
    assert(slot == winners_[1] && stale_ == none);
    keys_[slot] = Key{};
    stale_ = slot;
  }

  void cancel(std::size_t slot) {
    assert(slot < leaves_);
    keys_[slot] = Key{};
    replay(slot);
  }

  [[nodiscard]] bool pending(std::size_t slot) const { return keys_[slot].time != Key{}.time; }
  [[nodiscard]] double time_of(std::size_t slot) const {
    return std::bit_cast<double>(keys_[slot].time);
  }
  /// The slot of the first event. Empty calendars answer a slot whose time is `never`.
  [[nodiscard]] std::size_t first() {
    if (stale_ != none) replay(stale_);
    return winners_[1];
  }

 private:
  // Times are not negative, so their bit patterns are ordered as they are.
  struct Key {
    std::uint64_t time = std::bit_cast<std::uint64_t>(never);
    std::uint64_t order = ~std::uint64_t{0};
  };

  [[nodiscard]] bool earlier(std::uint32_t a, std::uint32_t b) const {
    const Key& x = keys_[a];
    const Key& y = keys_[b];
    return (x.time < y.time) | ((x.time == y.time) & (x.order < y.order));
  }

  __extension__ using Wide = unsigned __int128;
  static Wide wide(const Key& key) { return static_cast<Wide>(key.time) << 64U | key.order; }

  // What a stale slot has won on its path to the root is wrong until that path is replayed; paths
  // replayed before may take it for an empty one, and are mended with it. The earliest key so far is
  // carried along rather than looked up, and no match is a branch: who wins is hard to foretell.
  void replay(std::size_t slot) {
    if (slot == stale_) stale_ = none;
    auto winner = static_cast<std::uint32_t>(slot);
    Key best = keys_[slot];
    // The lowest match is between two leaves, which are not stored.
    auto other = static_cast<std::uint32_t>(slot ^ 1U);
    for (std::size_t node = (leaves_ + slot) >> 1U;; node >>= 1U) {
      const Key key = keys_[other];
      const std::uint64_t wins = -static_cast<std::uint64_t>(wide(key) < wide(best));
      best.time ^= (best.time ^ key.time) & wins;
      best.order ^= (best.order ^ key.order) & wins;
      winner ^= (winner ^ other) & static_cast<std::uint32_t>(wins);
      winners_[node] = winner;
      if (node == 1) return;
      other = winners_[node ^ 1U];
    }
  }

  void resize(std::size_t slots) {
    stale_ = none;
    leaves_ = std::bit_ceil(slots < 2 ? std::size_t{2} : slots);
    keys_.resize(leaves_, Key{});
    winners_.assign(leaves_, 0);
    for (std::size_t node = leaves_ - 1; node >= 1; --node) {
      const bool bottom = 2 * node >= leaves_;
      const auto left =
          bottom ? static_cast<std::uint32_t>(2 * node - leaves_) : winners_[2 * node];
      const auto right =
          bottom ? static_cast<std::uint32_t>(2 * node + 1 - leaves_) : winners_[2 * node + 1];
      winners_[node] = earlier(right, left) ? right : left;
    }
    // Where nothing is pending the leftmost leaf below a node is its winner.
    empty_winners_.assign(leaves_, 0);
    for (std::size_t node = leaves_ - 1; node >= 1; --node) {
      empty_winners_[node] = 2 * node >= leaves_ ? static_cast<std::uint32_t>(2 * node - leaves_)
                                                 : empty_winners_[2 * node];
    }
  }

  static constexpr std::size_t none = ~std::size_t{0};

  std::size_t leaves_ = 0;
  std::size_t stale_ = none;
  std::uint64_t scheduled_ = 0;
  std::vector<Key> keys_;
  std::vector<std::uint32_t> winners_;
  std::vector<std::uint32_t> empty_winners_;
};

}  // namespace truce::engine
