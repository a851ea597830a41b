#include "model/trial/effects.hpp"

#include "support/catch.hpp"
#include "support/components.hpp"
#include "support/contracts.hpp"
#include "support/small_model.hpp"
#include "support/statistics.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr LevelId level{0};

/// Effects on a level, as they are written; a variable may be read by them.
struct Written {
  Model model = test::small_model(0, 0);
  VariableId given = test::variable(model);
  StreamId stream = test::stream(model);

  Written() {
    model.reads_context = true;
    test::level(model);
    test::endings(model);
  }
  Effect& add(double amount) { return write(EffectKind::add, test::constant(model, amount)); }
  Effect& set(double x) { return write(EffectKind::set, test::constant(model, x)); }
  /// Reaches an ending.
  Effect& end() { return write(EffectKind::end, {}); }

 private:
  Effect& write(EffectKind kind, const Expr& value) {
    test::effect(model, {.kind = kind, .value = value});
    return model.effects.back();
  }
};

/// Effects among the other components.
struct Acting : test::Components {
  explicit Acting(const Written& written) : Components(written.model), given(written.given) {}

  void act(const Portion& portion = {}) {
    effects.act({0, static_cast<std::uint32_t>(world.model.effects.size())}, portion);
  }
  [[nodiscard]] double x() const { return value(world.model.levels[level].value); }

  VariableId given;
};

}  // namespace

TEST_CASE("effects act in the order in which they are written, of a range alone") {
  Written written;
  written.add(5);
  written.set(10);
  written.add(1);
  written.add(100);
  Acting acting(written);
  acting.effects.act({0, 3}, {});
  CHECK(acting.x() == 11);
  acting.effects.act({2, 2}, {});
  CHECK(acting.x() == 11);
}

TEST_CASE("those of one entry share its condition and one draw of its chance") {
  Written written;
  Effect& first = written.add(1);
  first.condition = test::value_of(written.given);
  first.chance = test::value_of(written.given);
  first.chance_stream = written.stream;
  first.followers = 1;
  written.add(10);
  written.add(100);
  Acting acting(written);
  acting.act();
  CHECK(acting.x() == 100);
  CHECK(acting.drawn(written.stream) == 0);
  acting.world.set(acting.given, 1);
  acting.act();
  CHECK(acting.x() == 211);
  CHECK(acting.drawn(written.stream) == 1);
}

TEST_CASE("an entry acts as often as its chance says, all of it or nothing") {
  constexpr int times = 20'000;
  constexpr double p = 0.3;
  Written written;
  Effect& first = written.add(1);
  first.chance = test::constant(written.model, p);
  first.chance_stream = written.stream;
  first.followers = 1;
  written.add(1);
  Acting acting(written);
  std::size_t acted = 0;
  for (int i = 0; i < times; ++i) {
    const double before = acting.x();
    acting.act();
    const double added = acting.x() - before;
    REQUIRE((added == 0 || added == 2));
    if (added == 2) ++acted;
  }
  test::check_proportion(acted, times, p);
}

TEST_CASE("an entry that is delayed acts later, with the portion and the context of its cause") {
  Written written;
  Effect& late = written.add(0);
  late.value = test::value_of(written.model.context.severity);
  late.after = test::constant(written.model, 2);
  written.set(50).after = test::constant(written.model, 1);
  written.add(7);
  Acting acting(written);
  double& severity = acting.world.numbers.value(acting.world.model.context.severity);
  severity = 4;
  acting.act({.share = 0.5, .weight = 3, .full = false});
  severity = 9;
  CHECK(acting.x() == 10.5);
  CHECK(acting.take() == 1);
  CHECK(acting.x() == 30.25);  // half of the way
  CHECK(acting.take() == 2);
  CHECK(acting.x() == 36.25);
  CHECK(severity == 9);
  CHECK(acting.take() == infinity);
}

TEST_CASE("a delay that is over at the same time changes no order, and one of 0 is a step") {
  Written written;
  for (const double x : {1.0, 2.0}) {
    Effect& effect = written.set(x);
    effect.after = test::constant(written.model, 3);
    effect.followers = 1;
    written.add(10);
  }
  written.add(100).after = test::constant(written.model, 0);
  Acting acting(written);
  acting.act();
  CHECK(acting.x() == 0);
  CHECK(acting.take() == 0);
  CHECK(acting.x() == 100);
  CHECK(acting.take() == 3);
  CHECK(acting.x() == 11);
  CHECK(acting.take() == 3);
  CHECK(acting.x() == 12);
}

TEST_CASE("a condition and a chance are asked for at once, whatever the delay") {
  Written written;
  Effect& effect = written.add(1);
  effect.condition = test::value_of(written.given);
  effect.after = test::constant(written.model, 1);
  Acting acting(written);
  acting.act();
  CHECK(acting.take() == infinity);
  acting.world.set(acting.given, 1);
  acting.act();
  acting.world.set(acting.given, 0);
  CHECK(acting.take() == 1);
  CHECK(acting.x() == 1);
}

TEST_CASE("what is written behind an ending does not act, once it is reached") {
  for (const std::uint32_t followers : {0U, 2U}) {  // of the ending's own entry, or of another
    Written written;
    written.add(1).followers = followers;
    written.end();
    written.add(10);
    written.add(100);
    Acting acting(written);
    acting.act({.share = 1, .weight = 1, .full = false});  // an ending cannot be divided
    CHECK_FALSE(acting.phases.over());
    CHECK(acting.x() == 111);
    acting.act();
    CHECK(acting.phases.over());
    CHECK(acting.x() == 112);
    acting.act();  // it was reached before
    CHECK(acting.x() == 223);
  }
}

TEST_CASE("nothing acts any more in a trial that has stopped") {
  Written written;
  written.add(1).after = test::constant(written.model, 1);
  Acting acting(written);
  acting.act();
  acting.phases.stop();
  CHECK(acting.take() == 1);
  CHECK(acting.x() == 0);
  acting.act();
  CHECK(acting.take() == infinity);
}

TEST_CASE("effects that are delayed are told by their first, are restored and forgotten") {
  Written written;
  written.add(1);
  written.add(2).after = test::constant(written.model, 1);
  written.model.effect_names[1] = "shelled.do.2";
  Acting acting(written);
  acting.act();
  const DelayedId delayed{0};
  CHECK(acting.effects.name_of(delayed) == "shelled.do.2");
  const EffectsState before = acting.effects.state();
  acting.effects.act_delayed(delayed);
  CHECK(acting.effects.state().delayed[delayed].effects.empty());
  acting.effects.restore(before);
  CHECK(acting.take() == 1);
  CHECK(acting.x() == 5);
  acting.effects.restore(before);
  acting.effects.reset();
  CHECK(acting.effects.state().delayed.ids().begin() == acting.effects.state().delayed.ids().end());
}

TEST_CASE("effects that are not written, and a share below 0, are no effects") {
  Written written;
  written.add(1);
  Acting acting(written);
  test::check_broken([&] { acting.effects.act({0, 2}, {}); }, "effects.begin <= effects.end");
  test::check_broken([&] { acting.effects.act({0, 1}, {.share = -0.5}); }, "portion.share >= 0");
}
