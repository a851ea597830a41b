#include "model/trial/windows.hpp"

#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

/// The days of a window; without `every` it opens once.
struct Days {
  double from, lasts;
  double every = 0;
};

/// Windows, alone in a world, on day 0.
struct Alone {
  World world;
  Windows windows{world};

  explicit Alone(const std::vector<Days>& all) : world(model(all), {}) { world.reset(0, nullptr); }

  static Model model(const std::vector<Days>& all) {
    Model model = test::small_model(0, 0);
    for (const Days& days : all) {
      Window window;
      window.name = "crossing";
      window.from = test::constant(model, days.from);
      window.lasts = test::constant(model, days.lasts);
      if (days.every != 0) window.every = test::constant(model, days.every);
      window.open = test::variable(model);
      window.opened = test::event(model);
      window.closed = test::event(model);
      model.windows.add(window);
    }
    return model;
  }
  /// Takes the next step, if there is one; returns its time.
  double step() {
    const SlotId slot = world.agenda.first();
    if (!world.agenda.pending(slot)) return infinity;
    world.agenda.advance(world.agenda.first_time());
    world.agenda.begin(slot);
    windows.step();
    return world.now();
  }
  [[nodiscard]] bool open(std::size_t index = 0) const {
    return world.value(world.model.windows[WindowId{index}].open) != 0;
  }
  [[nodiscard]] double times(EventId Window::*event, std::size_t index = 0) const {
    return world.value(world.model.events[world.model.windows[WindowId{index}].*event].count);
  }
};

}  // namespace

TEST_CASE("a window opens once, and closes when its time is up") {
  Alone alone({{.from = 2, .lasts = 3}});
  alone.windows.begin();
  CHECK_FALSE(alone.open());
  CHECK(alone.step() == 2);
  CHECK(alone.open());
  CHECK(alone.step() == 5);
  CHECK_FALSE(alone.open());
  CHECK(alone.times(&Window::opened) == 1);
  CHECK(alone.times(&Window::closed) == 1);
  CHECK(alone.step() == infinity);
}

TEST_CASE("opening n is at n times `every` after the first, to the last bit") {
  Alone alone({{.from = 0.3, .lasts = 0.05, .every = 0.1}});
  alone.windows.begin();
  for (int n = 0; n < 1000; ++n) {
    REQUIRE(alone.step() == 0.3 + n * 0.1);
    REQUIRE(alone.open());
    alone.step();
    REQUIRE_FALSE(alone.open());
  }
  CHECK(alone.windows.state().times[0].openings == 1000);
}

TEST_CASE("what has opened before day 0 is open while it lasts, and nobody hears of it") {
  const auto on_day_0 = [](Days days) {
    Alone alone({days});
    alone.windows.begin();
    CHECK(alone.times(&Window::opened) == 0);
    const bool open = alone.open();
    return std::pair(open, alone.step());
  };
  // Openings on days -10, -3 and 4.
  CHECK(on_day_0({.from = -10, .lasts = 4, .every = 7}) == std::pair(true, 1.0));
  CHECK(on_day_0({.from = -10, .lasts = 3, .every = 7}) == std::pair(false, 4.0));
  CHECK(on_day_0({.from = -10, .lasts = 7, .every = 7}) == std::pair(true, 4.0));
  // One of them is on day 0, but for rounding.
  CHECK(on_day_0({.from = -14, .lasts = 1, .every = 7}) == std::pair(false, 0.0));
  CHECK(on_day_0({.from = -0.3, .lasts = 0.01, .every = 0.1}) == std::pair(false, 0.0));
}

TEST_CASE("at one time windows close, then open, in the order of the file") {
  Alone alone({{.from = 1, .lasts = 2}, {.from = 3, .lasts = 9}, {.from = 0, .lasts = 3}});
  alone.windows.begin();
  CHECK(alone.step() == 0);
  CHECK(alone.step() == 1);
  CHECK(alone.step() == 3);
  CHECK_FALSE(alone.open(0));
  CHECK(alone.open(2));
  CHECK(alone.step() == 3);
  CHECK_FALSE(alone.open(2));
  CHECK_FALSE(alone.open(1));
  CHECK(alone.step() == 3);
  CHECK(alone.open(1));
}

TEST_CASE("one that lasts until it opens again closes first, whatever is rounded") {
  Alone alone({{.from = 0, .lasts = 0.1, .every = 0.1}});
  alone.windows.begin();
  alone.step();
  for (int n = 1; n < 100; ++n) {
    REQUIRE(alone.step() == n * 0.1);
    REQUIRE_FALSE(alone.open());
    REQUIRE(alone.step() == n * 0.1);
    REQUIRE(alone.open());
  }
}

TEST_CASE("windows that cannot be are refused") {
  Alone longer({{.from = 0, .lasts = 3, .every = 2}});
  longer.windows.begin();
  longer.step();
  CHECK_THROWS_WITH(longer.step(), "'crossing' is still open when it opens again, on day 2");
  CHECK_THROWS_WITH(Alone({{.from = -1, .lasts = 3}}).windows.begin(),
                    "'crossing': 'from' is -1 days, before day 0");
  CHECK_THROWS_WITH(Alone({{.from = infinity, .lasts = 3}}).windows.begin(),
                    "'crossing': 'from' is inf");
  CHECK_THROWS_WITH(Alone({{.from = 0, .lasts = 3, .every = -1}}).windows.begin(),
                    "'crossing': 'every' is -1 days");
}

TEST_CASE("windows are restored to where they were, and reset to where none is known") {
  Alone alone({{.from = -10, .lasts = 4, .every = 7}});
  alone.windows.begin();
  alone.step();
  const WindowsState closed = alone.windows.state();
  alone.step();
  CHECK(alone.windows.state().times[0].closes == 8);
  alone.windows.restore(closed);
  CHECK(alone.windows.state().times[0].opens == 4);
  alone.windows.reset();
  CHECK(alone.windows.state().times[0].opens == infinity);
  CHECK(alone.windows.state().times[0].openings == 0);
  alone.world.reset(1, nullptr);
  alone.windows.begin();
  CHECK(alone.open());
  CHECK(alone.step() == 1);
}
