#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "model/trial/saved.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

/// When a window changes next: infinite where it does not.
struct WindowTimes {
  static constexpr double never = std::numeric_limits<double>::infinity();

  double from = 0;                       ///< of its first opening
  double every = never;                  ///< from one opening to the next
  std::uint64_t openings = 0;            ///< that have been, or were before day 0
  double opens = never, closes = never;  ///< the next of each
};

struct WindowsState {
  std::vector<WindowTimes> times;  ///< by window
};

/// Windows open and close at their exact times. The agenda holds the next change alone: at one time
/// windows close, then open, each in the order of the file, and each change is a step of its own.
/// Opening n is at n times `every` after the first, so that no error adds up.
class Windows : public Saved<WindowsState> {
 public:
  explicit Windows(World& world) : world_(world) {
    state_.times.resize(world.model.windows.size());
  }
  void reset() { std::ranges::fill(state_.times, WindowTimes{}); }

  /// Day 0: what has opened before and still lasts is open.
  void begin();
  /// The next change.
  void step();

 private:
  void begin(WindowId id);
  void open(WindowId id);
  void close(WindowId id);
  void schedule_next();

  World& world_;
};

}  // namespace truce::model
