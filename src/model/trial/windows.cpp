#include "model/trial/windows.hpp"

#include <algorithm>
#include <cmath>

#include "base/limits.hpp"
#include "model/trial/fail.hpp"

namespace truce::model {

namespace {

constexpr double slack = base::slack_of_time;

/// The time of a closing, which is that of the next opening where it lasts until then.
double until_next(double closes, const WindowTimes& times) {
  return std::fabs(closes - times.opens) < slack ? times.opens : closes;
}

}  // namespace

void Windows::begin() {
  for (const WindowId id : world_.model.windows.ids()) begin(id);
  schedule_next();
}

void Windows::begin(WindowId id) {
  const Window& window = world_.model.windows[id];
  WindowTimes& times = state_.times[id.index()];
  times.from = world_.numbers(window.from);
  if (window.every.present()) {
    times.every = world_.numbers(window.every);
    if (!(times.every > 0)) fail("'{}': 'every' is {} days", window.name, times.every);
  }
  if (!std::isfinite(times.from)) fail("'{}': 'from' is {}", window.name, times.from);
  times.opens = times.from;
  if (times.from >= 0) return;
  if (!window.every.present())
    fail("'{}': 'from' is {} days, before day 0", window.name, times.from);
  const double before = std::ceil((-times.from - slack) / times.every);
  times.openings = static_cast<std::uint64_t>(std::max(0.0, before));
  times.opens = times.from + before * times.every;
  if (times.opens < slack) times.opens = 0;  // rounded
  if (times.openings == 0) return;
  const double last = times.from + (before - 1) * times.every;
  const double closes =
      until_next(last + world_.duration(window.lasts, window.name, "lasts"), times);
  if (closes <= 0) return;
  times.closes = closes;
  world_.set(window.open, 1);
}

void Windows::step() {
  const auto next = [&](double WindowTimes::*time) {
    return std::ranges::find(state_.times, world_.now(), time);
  };
  const auto id_of = [&](auto at) {
    return WindowId{static_cast<std::size_t>(at - state_.times.begin())};
  };
  if (const auto at = next(&WindowTimes::closes); at != state_.times.end()) {
    close(id_of(at));
  } else {
    const auto opening = next(&WindowTimes::opens);
    TRUCE_EXPECT(opening != state_.times.end());
    open(id_of(opening));
  }
  schedule_next();
}

void Windows::open(WindowId id) {
  const Window& window = world_.model.windows[id];
  WindowTimes& times = state_.times[id.index()];
  if (world_.value(window.open) != 0) {
    fail("'{}' is still open when it opens again, on day {}", window.name, world_.now());
  }
  ++times.openings;
  times.opens = times.every < infinity
                    ? times.from + static_cast<double>(times.openings) * times.every
                    : infinity;
  times.closes =
      until_next(world_.now() + world_.duration(window.lasts, window.name, "lasts"), times);
  world_.set(window.open, 1);
  world_.because("its time has come");
  world_.raise(window.opened);
}

void Windows::close(WindowId id) {
  const Window& window = world_.model.windows[id];
  TRUCE_EXPECT(world_.value(window.open) != 0);
  state_.times[id.index()].closes = infinity;
  world_.set(window.open, 0);
  world_.because("its time is up");
  world_.raise(window.closed);
}

void Windows::schedule_next() {
  double time = infinity;
  for (const WindowTimes& times : state_.times) time = std::min({time, times.opens, times.closes});
  if (time < infinity) {
    world_.agenda.schedule_fixed(Agenda::slot(StepKind::window), time, Agenda::Rank::window);
  }
}

}  // namespace truce::model
