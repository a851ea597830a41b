#include "model/trial/responses.hpp"

#include <algorithm>
#include <array>

#include "support/catch.hpp"
#include "support/components.hpp"
#include "support/contracts.hpp"
#include "support/heard.hpp"
#include "support/small_model.hpp"
#include "support/statistics.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr PartyId a{0};
constexpr PartyId b{1};
constexpr ObligationId owed{0};
constexpr ObligationId answer_of_b{1};
constexpr ObligationId answer_of_a{2};
constexpr IncidentId shelling{0};
constexpr IncidentId reprisal{1};
constexpr PolicyId policy{0};

constexpr std::array kinds = {ResponseKind::tolerate,  ResponseKind::dispute,
                              ResponseKind::hold,      ResponseKind::suspend,
                              ResponseKind::retaliate, ResponseKind::withdraw};

/// What a owes b, which each of them answers, and what each does to the other. The policy has one
/// response of each kind, in their order, whose weights are variables; restraints last 3 days,
/// after a notice of 2.
Model two_sides() {
  Model model = test::small_model(2, 3);
  test::endings(model);
  model.obligations[owed].answers = {answer_of_b, answer_of_a};
  model.obligations[owed].cause = model.causes.add("breach");
  model.obligations[answer_of_b].by = b;
  model.obligations[answer_of_a].by = a;
  test::incident(model);
  test::incident(model);
  model.incidents[shelling].cause = model.causes.add("shelling");
  Policy of;
  of.name = "stern";
  for (const ResponseKind kind : kinds) {
    of.responses.push_back({.kind = kind,
                            .notice = test::constant(model, 2),
                            .lasts = test::constant(model, 3),
                            .incidents = {{b, reprisal}}});
    of.weights.push_back(test::value_of(test::variable(model)));
  }
  model.policies.add(of);
  test::stream(model);
  return model;
}

/// Responses among the other components.
struct Responding : test::Components {
  explicit Responding(const Model& model = two_sides()) : Components(model) {}

  void weigh(ResponseKind kind, double weight) {
    const auto index = static_cast<std::size_t>(kind);
    world.set(test::variable_of(world.model.policies[policy].weights[index]), weight);
  }
  /// The party responds in this way.
  void respond(ResponseKind kind, BreachSource source = BreachSource{owed}, PartyId party = b,
               TrancheId tranche = {}) {
    for (const ResponseKind each : kinds) weigh(each, each == kind ? 1 : 0);
    responses.respond(policy, party, source, tranche, StreamId{0});
  }
  [[nodiscard]] double open() const { return value(world.model.disputes_open); }
  [[nodiscard]] bool restrained() const { return value(world.model.restrained) != 0; }
  [[nodiscard]] double reprisals() const { return times(world.model.incidents[reprisal].occurred); }
};

}  // namespace

TEST_CASE("what is tolerated has no consequence") {
  Responding responding;
  responding.respond(ResponseKind::tolerate);
  CHECK(responding.take() == infinity);
  CHECK(responding.open() == 0);
  CHECK_FALSE(responding.restrained());
  CHECK_FALSE(responding.phases.collapsing());
}

TEST_CASE("a dispute is opened over the breach, and over its tranche") {
  Responding responding;
  const TrancheId tranche = responding.tranches.create(owed);
  responding.respond(ResponseKind::dispute, BreachSource{owed}, b, tranche);
  responding.respond(ResponseKind::dispute, BreachSource{shelling});
  CHECK(responding.open() == 2);
  CHECK(responding.disputes.any_on(owed));
  CHECK(responding.tranches[tranche].dispute == DisputeId{0});
  CHECK(responding.disputes[DisputeId{1}].source.incident == shelling);
}

TEST_CASE("a party holds what it owes in answer, after its notice") {
  Responding responding;
  responding.respond(ResponseKind::hold);
  CHECK_FALSE(responding.restraints.held(answer_of_b));
  CHECK(responding.take() == 2);
  CHECK(responding.restraints.held(answer_of_b));
  CHECK_FALSE(responding.restraints.held(answer_of_a));
  CHECK_FALSE(responding.restraints.held(owed));
  CHECK(responding.take() == 5);
  CHECK_FALSE(responding.restrained());
  responding.respond(ResponseKind::hold, BreachSource{shelling});  // which nothing answers
  CHECK(responding.take() == infinity);
}

TEST_CASE("a party suspends all that it owes, until the breach is mended where no time is said") {
  Model model = two_sides();
  for (Response& response : model.policies[policy].responses) response.notice = response.lasts = {};
  Responding responding(model);
  const TrancheId tranche = responding.tranches.create(owed);
  responding.respond(ResponseKind::suspend, BreachSource{owed}, b, tranche);
  responding.respond(ResponseKind::hold, BreachSource{owed}, b, tranche);
  CHECK(responding.restraints.suspended(b));
  CHECK_FALSE(responding.restraints.suspended(a));
  CHECK(responding.take() == infinity);
  responding.restraints.lift_over(responding.tranches.serial_of(tranche));
  CHECK_FALSE(responding.restrained());
}

TEST_CASE("a party retaliates by its own incident, if it has one") {
  Responding responding;
  responding.respond(ResponseKind::retaliate);
  CHECK(responding.reprisals() == 1);
  responding.respond(ResponseKind::retaliate, BreachSource{shelling}, a);
  CHECK(responding.reprisals() == 1);
  CHECK(responding.times(responding.world.model.incidents[shelling].occurred) == 0);
}

TEST_CASE("a party that withdraws ends the agreement, of which the breach is the cause") {
  for (const BreachSource source : {BreachSource{owed}, BreachSource{shelling}}) {
    Responding responding;
    responding.respond(ResponseKind::withdraw, source);
    CHECK(responding.phases.collapsing());
    CHECK(responding.phases.cause() == source.cause(responding.world.model));
  }
}

TEST_CASE("after the ending a party responds by retaliation alone, and draws all the same") {
  Responding responding;
  responding.phases.end(EndingId{0});
  for (const ResponseKind kind : kinds) responding.respond(kind);
  CHECK(responding.open() == 0);
  CHECK_FALSE(responding.restrained());
  CHECK_FALSE(responding.phases.collapsing());
  CHECK(responding.take() == infinity);
  CHECK(responding.reprisals() == 1);
  CHECK(responding.drawn(StreamId{0}) == kinds.size());
}

TEST_CASE("responses are as frequent as their weights say") {
  constexpr int times = 20'000;
  Responding responding;
  responding.weigh(ResponseKind::tolerate, 1);
  responding.weigh(ResponseKind::dispute, 2);
  responding.weigh(ResponseKind::retaliate, 5);
  for (int i = 0; i < times; ++i) {
    responding.responses.respond(policy, b, BreachSource{shelling}, {}, StreamId{0});
  }
  test::check_proportion(static_cast<std::size_t>(responding.open()), times, 2.0 / 8);
  test::check_proportion(static_cast<std::size_t>(responding.reprisals()), times, 5.0 / 8);
}

TEST_CASE("each response is told of by its name") {
  Responding responding;
  test::Heard heard;
  responding.world.listen(&heard, nullptr);
  for (const ResponseKind kind : kinds) responding.respond(kind);
  for (const char* told : {"stern: tolerate", "stern: dispute", "stern: hold", "stern: suspend",
                           "stern: retaliate", "stern: withdraw"}) {
    CHECK(std::ranges::count(heard.names, told) == 1);
  }
}

TEST_CASE("a dispute is over a breach of something") {
  Responding responding;
  test::check_broken([&] { responding.respond(ResponseKind::dispute, BreachSource{}); },
                     "source.valid()");
}
