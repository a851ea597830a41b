#include "model/trial/disputes.hpp"

#include "support/catch.hpp"

using namespace truce::model;

namespace {

const BreachSource over_first{ObligationId{0}};
const BreachSource over_incident{IncidentId{3}};

}  // namespace

TEST_CASE("disputes are taken first come, first served, while a team is free") {
  Disputes disputes(2);
  const DisputeId a = disputes.open(over_first, TrancheId{5});
  const DisputeId b = disputes.open(over_incident, {});
  const DisputeId c = disputes.open(over_first, {});
  CHECK_FALSE(disputes.take(0.5).valid());
  CHECK(disputes.take(2) == a);
  CHECK(disputes.take(2) == b);
  CHECK_FALSE(disputes.take(2).valid());
  CHECK(disputes.teams_busy() == 2);
  disputes.conclude(b);
  CHECK(disputes.teams_busy() == 1);
  CHECK(disputes.take(2) == c);
  CHECK_FALSE(disputes.any_queued());
}

TEST_CASE("one that is tried again queues up as the last") {
  Disputes disputes(1);
  const DisputeId a = disputes.open(over_first, {});
  const DisputeId b = disputes.open(over_first, {});
  const DisputeId c = disputes.open(over_first, {});
  REQUIRE(disputes.take(1) == a);
  disputes.conclude(a);
  disputes.queue_again(a);
  CHECK(disputes.take(3) == b);
  CHECK(disputes.take(3) == c);
  CHECK(disputes.take(3) == a);
}

TEST_CASE("a dispute can be closed wherever it is: first, in between, last, with a team") {
  Disputes disputes(1);
  const DisputeId a = disputes.open(over_first, {});
  const DisputeId b = disputes.open(over_first, TrancheId{8});
  const DisputeId c = disputes.open(over_first, {});
  const DisputeId d = disputes.open(over_first, {});
  CHECK(disputes.close(b).tranche == TrancheId{8});
  disputes.close(d);
  CHECK(disputes.take(1) == a);
  disputes.close(a);
  CHECK(disputes.teams_busy() == 0);
  CHECK(disputes.take(1) == c);
  CHECK_FALSE(disputes.any_queued());
  const DisputeId e = disputes.open(over_first, {});
  disputes.conclude(c);
  disputes.close(c);
  CHECK(disputes.teams_busy() == 0);
  CHECK(disputes.take(1) == e);
}

TEST_CASE("an obligation is disputed while one dispute over it is open") {
  Disputes disputes(2);
  const DisputeId a = disputes.open(over_first, {});
  const DisputeId b = disputes.open(over_first, {});
  disputes.open(over_incident, {});
  CHECK(disputes.any_on(ObligationId{0}));
  CHECK_FALSE(disputes.any_on(ObligationId{1}));
  disputes.close(a);
  CHECK(disputes.any_on(ObligationId{0}));
  const DisputesState before = disputes.state();
  disputes.close(b);
  CHECK_FALSE(disputes.any_on(ObligationId{0}));
  disputes.restore(before);
  CHECK(disputes.any_on(ObligationId{0}));
  disputes.reset();
  CHECK_FALSE(disputes.any_on(ObligationId{0}));
  CHECK_FALSE(disputes.any_queued());
}
