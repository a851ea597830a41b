#include "model/trial/incidents.hpp"

#include "support/catch.hpp"
#include "support/components.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr PartyId a{0};
constexpr PartyId b{1};
constexpr IncidentId shelling{0};
constexpr IncidentId reprisal{1};
constexpr PolicyId policy{0};
constexpr LevelId level{0};

/// Shelling by a, to which b responds by a reprisal as far as a level says, else not at all. How
/// severe the shelling is, is a variable.
Model two_sides() {
  Model model = test::small_model(2, 0);
  model.reads_context = true;
  test::level(model);
  test::endings(model);
  for (const PartyId party : model.parties.ids()) {
    test::trust(model, party);
    model.parties[party].on_incident = test::value_of(model.context.severity);
  }
  Incident& incident = model.incidents[test::incident(model)];
  incident.name = "shelling";
  incident.by = a;
  incident.to = b;
  incident.severity = test::value_of(test::variable(model));
  incident.policy = policy;
  incident.streams = test::breach_streams(model);
  test::incident(model);
  const Expr weight = test::value_of(model.levels[level].value);
  model.policies.add(
      {.name = {},
       .responses = {{}, {.kind = ResponseKind::retaliate, .incidents = {{b, reprisal}}}},
       .weights = {test::constant(model, 1e-300), weight}});
  return model;
}

/// Incidents among the other components.
struct Occurring : test::Components {
  explicit Occurring(const Model& model = two_sides()) : Components(model) {}

  void occur(double severity) {
    world.set(test::variable_of(world.model.incidents[shelling].severity), severity);
    incidents.occur(shelling);
  }
  [[nodiscard]] double x() const { return value(world.model.levels[level].value); }
  [[nodiscard]] double trust(PartyId id) const {
    return value(world.model.levels[world.model.parties[id].trust].value);
  }
  using Components::times;
  [[nodiscard]] double times(IncidentId id) const {
    return Components::times(world.model.incidents[id].occurred);
  }
};

}  // namespace

TEST_CASE("an incident is counted, with its severity, and shifts the trust of whom it is done to") {
  Occurring occurring;
  occurring.occur(3);
  occurring.occur(2);
  const Incident& incident = occurring.world.model.incidents[shelling];
  CHECK(occurring.times(shelling) == 2);
  CHECK(occurring.value(incident.severity_now) == 2);
  CHECK(occurring.trust(a) == 0);
  CHECK(occurring.trust(b) == 5);
  CHECK(occurring.value(occurring.world.model.context.severity) == 0);
}

TEST_CASE("an incident of nobody's has severity 1, and nobody responds to it") {
  Occurring occurring;
  occurring.incidents.occur(reprisal);
  CHECK(occurring.value(occurring.world.model.incidents[reprisal].severity_now) == 1);
  CHECK(occurring.trust(a) == 0);
  CHECK(occurring.trust(b) == 0);
  CHECK(occurring.drawn(occurring.world.model.incidents[shelling].streams.response) == 0);
}

TEST_CASE("a severity below 0, or without bounds, is refused") {
  Occurring occurring;
  CHECK_THROWS_WITH(occurring.occur(-1), "'shelling': the severity is -1");
  CHECK_THROWS_AS(occurring.occur(infinity), TrialError);
  CHECK(occurring.times(shelling) == 0);
}

TEST_CASE("effects act, by their cause's severity, before the other side responds") {
  Model model = two_sides();
  const Range effects =
      test::effect(model, {.subject = level, .value = test::value_of(model.context.severity)});
  model.incidents[shelling].effects = effects;
  Occurring occurring(model);
  occurring.occur(0);
  CHECK(occurring.times(reprisal) == 0);  // the level is 0
  occurring.occur(4);
  CHECK(occurring.x() == 4);
  CHECK(occurring.times(reprisal) == 1);
  CHECK(occurring.drawn(model.incidents[shelling].streams.response) == 2);
}

TEST_CASE("an incident raises its own rate by its jump, and has it read again") {
  Model model = two_sides();
  model.dependencies.watchers.resize(2 * DirtyMask::bits_per_word);
  model.dependencies.first_measure_word = 2;
  const WatcherId rate{DirtyMask::bits_per_word};
  model.dependencies.watchers[rate.index()] = {.kind = WatcherKind::incident_rate,
                                               .subject = reprisal};
  model.incidents[reprisal].jump = test::constant(model, 0.25);
  model.incidents[reprisal].watcher = rate;
  Occurring occurring(model);
  const auto read_again = [&] {
    return occurring.world.dependencies.take_rates(
        [](const Watcher& of) { CHECK(of.subject == reprisal); });
  };
  occurring.occur(1);
  CHECK_FALSE(read_again());
  occurring.incidents.occur(reprisal);
  occurring.incidents.occur(reprisal);
  CHECK(read_again());
  CHECK(occurring.hazards.state().timers[reprisal.index()].excitation == 0.5);
  CHECK(occurring.hazards.state().timers[shelling.index()].excitation == 0);
}

TEST_CASE("where an incident stops the trial nobody responds any more") {
  for (const Observe observe : {Observe::horizon, Observe::ending}) {
    Model model = two_sides();
    model.observe = observe;
    const Range effects = test::effect(model, {.kind = EffectKind::end, .subject = EndingId{0}});
    model.incidents[shelling].effects = effects;
    Occurring occurring(model);
    occurring.world.set(model.levels[level].value, 1);
    occurring.occur(1);
    CHECK(occurring.phases.over());
    CHECK(occurring.times(reprisal) == (observe == Observe::horizon ? 1 : 0));
    CHECK(occurring.incidents.state().nested == 0);
  }
}

TEST_CASE("a thousand incidents may lead to one another at once, and no more") {
  Model model = two_sides();
  const Expr left = test::value_of(model.levels[level].value);
  const Range one_less = test::effect(
      model, {.kind = EffectKind::add, .subject = level, .value = test::constant(model, -1)});
  const Range again =
      test::effect(model, {.kind = EffectKind::incident, .condition = left, .subject = shelling});
  model.incidents[shelling].effects = {one_less.begin, again.end};
  model.incidents[shelling].policy = {};
  Occurring occurring(model);
  for (int i = 0; i < 2; ++i) {
    occurring.world.set(model.levels[level].value, 1'000);
    occurring.occur(0);
  }
  CHECK(occurring.times(shelling) == 2'000);
  CHECK(occurring.incidents.state().nested == 0);
  occurring.world.set(model.levels[level].value, 1'001);
  CHECK_THROWS_WITH(occurring.occur(0),
                    "'shelling': incidents and retaliation go round in a loop on day 0");
  occurring.incidents.reset();
  CHECK(occurring.incidents.state().nested == 0);
  const IncidentsState deep{.nested = 1'000};
  occurring.incidents.restore(deep);
  CHECK_THROWS_AS(occurring.occur(0), TrialError);
}
