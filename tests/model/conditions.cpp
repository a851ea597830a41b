#include <string>
#include <utility>
#include <vector>

#include "model/trial/triggers.hpp"
#include "support/catch.hpp"
#include "support/contracts.hpp"
#include "support/triggers.hpp"

using namespace truce;
using namespace truce::model;
using Written = test::WrittenTriggers;
using Acting = test::ActingTriggers;
using Names = std::vector<std::string>;

TEST_CASE("a condition acts when it comes to hold, not while it does") {
  Written written;
  written.when(written.given, "when");
  Acting acting(written);
  CHECK(acting.set(written.given, 1) == Names{"when"});
  CHECK(acting.set(written.given, 2).empty());
  CHECK(acting.set(written.given, 0).empty());
  CHECK(acting.set(written.given, 1) == Names{"when"});
}

TEST_CASE("events are heard before the next condition is read") {
  Written written;
  const LevelId level = test::level(written.model);
  const VariableId of_level = written.model.levels[level].value;
  const EventId calm = test::event(written.model);
  const Range set_to_0 = written.effect(EffectKind::set, level, 0);
  const TriggerId first = written.when(written.given, "first");
  written.when(of_level, "second");
  written.upon(written.model.triggers[first].fired, {written.trigger("heard", set_to_0)});
  written.upon(calm, {written.trigger("calmed", set_to_0)});
  Acting acting(written);
  acting.world.set(of_level, 1);
  CHECK(acting.set(written.given, 1) == Names{"first", "heard", ""});  // and the level
  CHECK(acting.set(of_level, 1) == Names{"second"});
  acting.set(of_level, 0);
  acting.world.set(of_level, 1);
  CHECK(acting.raise(calm) == Names{"", "calmed", ""});
}

TEST_CASE("a phase ends when its condition comes to hold, while it is the active one") {
  Written written;
  const VariableId also = test::variable(written.model);
  for (const auto& [id, of] : {std::pair(PhaseId{0}, written.given), std::pair(PhaseId{1}, also)}) {
    written.model.phases[id].ends_when = test::value_of(of);
    written.model.phases[id].ends_when_watcher =
        test::condition(written.model, WatcherKind::ends_when, id, of);
  }
  Acting acting(written);
  acting.phases.begin(PhaseId{0});
  acting.set(also, 1);
  CHECK(acting.phases.active() == PhaseId{0});
  acting.world.set(also, 0);
  acting.set(written.given, 1);
  CHECK(acting.phases.active() == PhaseId{1});
  acting.set(also, 1);
  CHECK(acting.phases.over());
}

TEST_CASE("tranches that wait are freed once what they require holds") {
  Written written;
  Obligation& obligation = written.model.obligations[ObligationId{0}];
  obligation.requires_ = test::value_of(written.given);
  obligation.requires_watcher =
      test::condition(written.model, WatcherKind::requires_, ObligationId{0}, written.given);
  Acting acting(written);
  acting.tranches.fall_due(ObligationId{0}, {});
  acting.triggers.propagate();
  CHECK(acting.tranches[TrancheId{0}].stage == Stage::waiting);
  acting.set(written.given, 1);
  CHECK(acting.tranches[TrancheId{0}].stage == Stage::starting);
}

TEST_CASE("what is no condition is not asked whether it holds") {
  Written written;
  test::condition(written.model, WatcherKind::mortality, CohortId{0}, written.given);
  Acting acting(written);
  test::check_broken([&] { acting.set(written.given, 1); }, "watcher.kind == WatcherKind::when");
}
