#include "model/trial/triggers.hpp"

#include <string>
#include <vector>

#include "support/catch.hpp"
#include "support/statistics.hpp"
#include "support/triggers.hpp"

using namespace truce;
using namespace truce::model;
using Written = test::WrittenTriggers;
using Acting = test::ActingTriggers;
using Names = std::vector<std::string>;

TEST_CASE("a trigger fires while its condition holds, and as often as its limit says") {
  Written written;
  const LevelId level = test::level(written.model);
  const TriggerId id = written.trigger("", written.effect(EffectKind::add, level, 5));
  const VariableId limit = test::variable(written.model);
  Trigger& trigger = written.model.triggers[id];
  trigger.while_ = test::value_of(written.given);
  trigger.limit = test::value_of(limit);
  trigger.chance = test::constant(written.model, 1);
  trigger.chance_stream = written.stream;
  Acting acting(written);
  acting.world.set(limit, 2);
  acting.triggers.fire(id);
  CHECK(acting.fired(id) == 0);
  acting.world.set(written.given, 1);
  for (int i = 0; i < 3; ++i) acting.triggers.fire(id);
  CHECK(acting.fired(id) == 2);
  acting.world.set(limit, 3);  // which may be raised
  acting.triggers.fire(id);
  CHECK(acting.fired(id) == 3);
  CHECK(acting.value(acting.world.model.levels[level].value) == 15);
  CHECK(acting.drawn(written.stream) == 3);  // where it was a matter of chance alone
}

TEST_CASE("a trigger fires as often as its chance says") {
  constexpr int times = 20'000;
  constexpr double p = 0.15;
  Written written;
  const TriggerId id = written.trigger("");
  written.model.triggers[id].chance = test::constant(written.model, p);
  written.model.triggers[id].chance_stream = written.stream;
  Acting acting(written);
  for (int i = 0; i < times; ++i) acting.triggers.fire(id);
  test::check_proportion(static_cast<std::size_t>(acting.fired(id)), times, p);
}

TEST_CASE("events are heard in the order in which they were raised, by all who hear them") {
  Written written;
  const EventId a = test::event(written.model, "a");
  const EventId b = test::event(written.model, "b");
  const EventId c = test::event(written.model, "c");
  const TriggerId first = written.trigger("first", written.effect(EffectKind::signal, c));
  const TriggerId second = written.trigger("second");
  const TriggerId of_b = written.trigger("of b");
  const TriggerId of_c = written.trigger("of c");
  const TriggerId of_first = written.trigger("of first");
  written.upon(a, {first, second});
  written.upon(b, {of_b});
  written.upon(c, {of_c});
  written.upon(written.model.triggers[first].fired, {of_first});
  Acting acting(written);
  acting.world.raise(a);
  acting.world.raise(b);
  CHECK(acting.told() == Names{"a", "b"});
  acting.triggers.propagate();
  CHECK(acting.told() == Names{"first", "c", "second", "of b", "of first", "of c"});
  acting.triggers.propagate();  // they have been heard
  CHECK(acting.told().empty());
}

TEST_CASE("a collapse is heard of before it leads to the ending, and so is what that ends") {
  Written written;
  const Range advance = written.effect(EffectKind::advance, PhaseId{1});
  written.upon(written.model.collapsed, {written.trigger("again", advance)});
  written.upon(written.model.phases[PhaseId{1}].ended, {written.trigger("left")});
  Acting acting(written);
  acting.phases.collapse(CauseId{0});
  acting.triggers.propagate();
  CHECK(acting.phases.ending() == acting.world.model.collapsed_ending);
  CHECK(acting.fired(TriggerId{0}) == 1);
  CHECK(acting.fired(TriggerId{1}) == 1);
}

TEST_CASE("no trigger fires once the trial has stopped") {
  Written written;
  written.model.observe = Observe::ending;
  const EventId signed_ = test::event(written.model);
  const Range end = written.effect(EffectKind::end, EndingId{0});
  written.upon(signed_, {written.trigger("first", end), written.trigger("second")});
  written.when(written.given, "when");
  Acting acting(written);
  acting.world.set(written.given, 1);
  acting.raise(signed_);
  CHECK(acting.fired(TriggerId{0}) == 1);
  CHECK(acting.fired(TriggerId{1}) == 0);
  CHECK(acting.fired(TriggerId{2}) == 0);
}

TEST_CASE("triggers that go on for ever at one time end in an error, and many steps do not") {
  constexpr int longest_chain = 100'000;
  Written written;
  const EventId shot = test::event(written.model);
  const TriggerId echo = written.trigger("echo");
  written.upon(written.model.triggers[echo].fired, {echo});
  written.upon(shot, {written.trigger("")});
  Acting acting(written);
  for (int i = 0; i <= longest_chain; ++i) acting.raise(shot);
  CHECK_THROWS_WITH(acting.raise(written.model.triggers[echo].fired),
                    Catch::Contains("a loop on day 0") && Catch::Contains("among them echo;"));
}

TEST_CASE("more events at one step than a trial may have are refused") {
  Written written;
  const TriggerId echo = written.trigger("");
  const EventId heard = written.model.triggers[echo].fired;
  written.upon(heard, {echo});
  written.model.triggers[echo].limit = test::value_of(written.given);
  Acting acting(written, {.event_limit = 10});
  acting.world.set(written.given, 10);
  acting.raise(heard);
  CHECK(acting.fired(echo) == 10);
  acting.world.set(written.given, 30);
  CHECK_THROWS_WITH(acting.raise(heard),
                    "11 events at one step, on day 0, are more than a trial may have");
}

TEST_CASE("a trigger of a date fires once, one of a clock again and again") {
  Written written;
  for (const Source source : {Source::at, Source::every}) {
    Trigger& trigger = written.model.triggers[written.trigger("")];
    trigger.source = source;
    trigger.expression = test::constant(written.model, source == Source::at ? 5 : 2);
  }
  Acting acting(written);
  acting.hazards.begin();
  for (const double day : {2, 4, 5, 6, 8}) CHECK(acting.take() == day);
  CHECK(acting.fired(TriggerId{0}) == 1);
  CHECK(acting.fired(TriggerId{1}) == 4);
}
