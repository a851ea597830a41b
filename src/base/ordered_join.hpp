#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace truce::base {

/// Places [begin, end) of a line.
struct Stretch {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

/// What is waited for where a window is full.
enum class Room : bool {
  wait,  ///< until what is given back makes room
  now,   ///< nothing: nothing is handed out then
};

/// Hands out a line of work stretch by stretch, and brings what becomes of them, in whatever order
/// it comes back, to a consumer in the line's order. Nobody may run further ahead than a window of
/// stretches, so that memory is bounded. All members may be called by any thread.
template <class Result>
class OrderedJoin {
 public:
  /// Receives one result at a time, from whoever completes the order; false: no more is wanted.
  using Consumer = std::function<bool(Result)>;
  using Room = base::Room;

  /// The line begins at `first`; at most `window` stretches are out or wait for those before them.
  OrderedJoin(std::uint64_t first, std::size_t window, Consumer consumer)
      : consumer_(std::move(consumer)), window_(window), next_out_(first), next_in_(first) {}

  /// The next stretch, which ends where `end_of(begin)` says: at its begin where nothing is left.
  /// Nothing is handed out then, nor after `stop` or once no more is wanted. `end_of` is called by
  /// one thread at a time.
  template <class End>
  std::optional<Stretch> take(Room room, End&& end_of) {
    std::unique_lock lock(mutex_);
    if (room == Room::wait) moved_.wait(lock, [&] { return stopped_ || out_ < window_; });
    if (stopped_ || out_ >= window_) return std::nullopt;
    const Stretch stretch{next_out_, end_of(next_out_)};
    if (stretch.end == stretch.begin) return std::nullopt;
    next_out_ = stretch.end;
    ++out_;
    return stretch;
  }

  /// What became of a stretch, which may also be known without being taken. Throws what the
  /// consumer throws, which is not called again then.
  void give(Stretch stretch, Result result) {
    std::unique_lock lock(mutex_);
    waiting_.emplace(stretch.begin, std::pair(stretch.end, std::move(result)));
    if (consuming_) return;
    consuming_ = true;
    // The consumer works outside of the lock, so that the others can go on.
    while (!enough_ && !waiting_.empty() && waiting_.begin()->first == next_in_) {
      auto next = waiting_.extract(waiting_.begin());
      lock.unlock();
      bool more = false;
      try {
        more = consumer_(std::move(next.mapped().second));
      } catch (...) {
        lock.lock();
        end();
        throw;
      }
      lock.lock();
      next_in_ = next.mapped().first;
      if (out_ > 0) --out_;
      if (!more) end();
      moved_.notify_all();
    }
    consuming_ = false;
  }

  /// Nothing more is handed out; what is out is still joined.
  void stop() {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
    moved_.notify_all();
  }

 private:
  /// Nothing more is joined either. The lock is held.
  void end() {
    enough_ = stopped_ = true;
    waiting_.clear();
    consuming_ = false;
    moved_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable moved_;
  Consumer consumer_;
  std::size_t window_;
  std::size_t out_ = 0;  ///< stretches handed out and not yet consumed
  std::uint64_t next_out_;
  std::uint64_t next_in_;
  std::map<std::uint64_t, std::pair<std::uint64_t, Result>> waiting_;  ///< end, by begin
  bool consuming_ = false;
  bool stopped_ = false;
  bool enough_ = false;
};

}  // namespace truce::base
