#include "model/trial/loop_guard.hpp"

#include <atomic>
#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/heard.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr int longest_chain = 100'000;
constexpr int refused_at = longest_chain + 100;  // while the last links are listened to

/// A loop guard, alone in a world where the event `rocket` can be raised.
struct Alone {
  World world;
  LoopGuard guard{world};

  explicit Alone(const SimulatorSettings& settings = {}) : world(model(), settings) {
    world.reset(0, nullptr);
    guard.reset();
  }

  static Model model() {
    Model model = test::small_model(0, 0);
    test::event(model, "rocket");
    return model;
  }
  void schedule() { world.agenda.schedule({.kind = StepKind::restraint}, world.now()); }
  void take() {
    const SlotId slot = world.agenda.first();
    guard.next(slot, [](SlotId) { return std::string("a rule"); });
    world.agenda.begin(slot);
  }
  /// A step that the one before has led to.
  void follow() {
    schedule();
    take();
  }
  void raise() { world.raise(EventId{world.model.events.size() - 1}); }
};

}  // namespace

TEST_CASE("steps that follow one another while no time passes are a loop in the end") {
  Alone alone;
  for (int i = 1; i < refused_at; ++i) alone.follow();
  CHECK_THROWS_WITH(alone.follow(),
                    "a loop on day 0: more than 100000 steps follow one another while no time "
                    "passes, among them a rule; a delay, a 'limit' or an 'if' ends it");
}

TEST_CASE("a loop is told of by what was heard in it") {
  Alone alone;
  for (int i = 1; i < refused_at; ++i) {
    alone.follow();
    alone.raise();
  }
  CHECK(alone.guard.state().names == std::vector<std::string>{"rocket"});
  CHECK_THROWS_WITH(alone.follow(),
                    "a loop on day 0: more than 100000 steps follow one another while no time "
                    "passes, among them rocket; a delay, a 'limit' or an 'if' ends it");
}

TEST_CASE("steps at one time that do not lead to one another are no loop, however many") {
  Alone alone;
  for (int i = 0; i < 2 * refused_at; ++i) alone.schedule();
  for (int i = 0; i < 2 * refused_at; ++i) alone.take();
  CHECK(alone.guard.events() == 2 * refused_at);
  CHECK(alone.guard.state().generation == 1);
}

TEST_CASE("where time passes a chain begins anew") {
  Alone alone;
  for (int i = 0; i < 2 * refused_at; ++i) {
    if (i % (refused_at - 1) == 0) alone.guard.time_passes();
    alone.follow();
  }
  CHECK(alone.guard.events() == 2 * refused_at);
}

TEST_CASE("reactions to one step are bounded, each of them anew") {
  Alone alone;
  for (int step = 0; step < 2; ++step) {
    alone.guard.begin_reactions();
    for (int i = 1; i < refused_at; ++i) alone.guard.next_reaction();
  }
  CHECK_THROWS_AS(alone.guard.next_reaction(), TrialError);
}

TEST_CASE("a trial has no more events than its limit, with those that triggers hear") {
  Alone alone({.event_limit = 10});
  for (int i = 0; i < 10; ++i) {
    alone.follow();
    alone.raise();
  }
  CHECK_THROWS_WITH(alone.follow(), "more than 10 events; the last, near day 0, are of rocket");
  Alone heard({.event_limit = 10});
  heard.guard.heard(10);
  heard.guard.reset();
  CHECK_THROWS_AS(heard.guard.heard(11), TrialError);
}

TEST_CASE("a trial can be stopped, and looks up now and then") {
  std::atomic<bool> stop = false;
  Alone alone({.stop = &stop});
  alone.follow();
  stop = true;
  const auto go_on = [&] {
    for (int i = 0; i < 1 << 16; ++i) {
      alone.guard.time_passes();
      alone.follow();
    }
  };
  CHECK_THROWS_AS(go_on(), TrialInterrupted);
  CHECK(alone.guard.events() > 1000);
}

TEST_CASE("a guard that is restored goes on to listen, and one that is reset does not") {
  Alone alone({.event_limit = 100});
  alone.follow();
  alone.raise();
  const LoopGuardState watching = alone.guard.state();
  CHECK(watching.watching);
  alone.world.reset(1, nullptr);
  alone.guard.reset();
  CHECK(alone.guard.events() == 0);
  CHECK(alone.guard.state().names.empty());
  CHECK_FALSE(alone.guard.state().watching);
  CHECK_FALSE(alone.world.trace.on());
  alone.guard.restore(watching);
  CHECK(alone.guard.events() == 1);
  CHECK(alone.world.trace.on());
  CHECK(alone.guard.state().names == std::vector<std::string>{"rocket"});
}

TEST_CASE("a loop watch keeps a dozen names, each once, and passes all on") {
  test::Heard heard;
  Trace trace;
  trace.listen(&heard);
  std::vector<std::string> names;
  LoopWatch watch;
  watch.listen(trace, names);
  watch.listen(trace, names);  // it does already
  for (int i = 0; i < 40; ++i) trace.tell(0, "event " + std::to_string(i % 20), "", 0);
  CHECK(heard.names.size() == 40);
  CHECK(names.size() == 12);
  CHECK(names.back() == "event 11");
}
