#include "model/trial/ledger.hpp"

#include "support/catch.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr ObligationId first{0};
constexpr ObligationId second{1};

/// A ledger, alone in a world.
struct Alone {
  World world;
  Ledger ledger{world};

  explicit Alone(bool reads_kept = true) : world(model(reads_kept), {}) { world.reset(0, nullptr); }

  [[nodiscard]] double kept() const { return world.value(world.model.kept); }
  [[nodiscard]] double missing(ObligationId id) const {
    return world.value(world.model.obligations[id].missing);
  }

 private:
  static Model model(bool reads_kept) {
    Model model = test::small_model(2, 2);
    model.reads_kept = reads_kept;
    return model;
  }
};

Tranche tranche_of(ObligationId id) {
  Tranche tranche;
  tranche.serial = 1;
  tranche.obligation = id;
  return tranche;
}

}  // namespace

TEST_CASE("the agreement is kept once all that is scheduled is done") {
  Alone alone;
  CHECK(alone.ledger.kept());
  alone.ledger.expect();
  alone.ledger.expect();
  CHECK_FALSE(alone.ledger.kept());
  alone.ledger.done();
  CHECK_FALSE(alone.ledger.kept());
  CHECK(alone.kept() == 0);
  alone.ledger.done();
  CHECK(alone.ledger.kept());
  CHECK(alone.kept() == 1);
}

TEST_CASE("the variable `kept` is left alone where nothing reads it") {
  Alone alone(false);
  alone.ledger.expect();
  alone.ledger.done();
  CHECK(alone.ledger.kept());
  CHECK(alone.kept() == 0);
}

TEST_CASE("an agreement that is called off before all is done is never kept again") {
  Alone alone;
  alone.ledger.lapse();  // of nothing
  CHECK(alone.ledger.kept());
  alone.ledger.expect();
  alone.ledger.lapse();
  CHECK_FALSE(alone.ledger.kept());
  alone.ledger.expect();
  alone.ledger.done();
  alone.ledger.lapse();
  CHECK_FALSE(alone.ledger.kept());
  CHECK(alone.kept() == 0);
  alone.ledger.reset();
  CHECK(alone.ledger.kept());
}

TEST_CASE("what is delivered adds up, and what is missing is the sum of the tranches'") {
  Alone alone;
  Tranche a = tranche_of(first);
  Tranche b = tranche_of(first);
  alone.ledger.deliver(first, 2);
  alone.ledger.deliver(first, 0);
  alone.ledger.deliver(first, 1.5);
  CHECK(alone.world.value(alone.world.model.obligations[first].delivered) == 3.5);
  CHECK(alone.world.value(alone.world.model.obligations[second].delivered) == 0);
  alone.ledger.miss(a, 5);
  alone.ledger.miss(b, 1);
  CHECK(alone.missing(first) == 6);
  alone.ledger.miss(a, 2);
  CHECK(alone.missing(first) == 3);
  CHECK(a.missing == 2);
  alone.ledger.miss(a, 0);
  CHECK(alone.missing(first) == 1);
  CHECK(alone.missing(second) == 0);
}

TEST_CASE("a `rest` that leaves nobody held makes up for its own obligation alone") {
  Alone alone;
  Pool<TrancheId, Tranche> tranches;
  const TrancheId a = tranches.acquire();
  const TrancheId b = tranches.acquire();
  const TrancheId in_full = tranches.acquire();
  const TrancheId released = tranches.acquire();
  tranches[a] = tranche_of(first);
  tranches[b] = tranche_of(second);
  tranches[in_full] = tranche_of(first);
  tranches.release(released);
  alone.ledger.miss(tranches[a], 2);
  alone.ledger.miss(tranches[b], 3);
  alone.ledger.leave_short(first);
  alone.ledger.leave_short(first);
  alone.ledger.leave_short(second);
  alone.ledger.make_up(first, tranches);
  CHECK(tranches[a].made_up);
  CHECK(tranches[a].missing == 0);
  CHECK_FALSE(tranches[in_full].made_up);
  CHECK_FALSE(tranches[b].made_up);
  CHECK(tranches[b].missing == 3);
  CHECK_FALSE(tranches[released].made_up);
  CHECK(alone.missing(first) == 0);
  CHECK(alone.missing(second) == 3);
  CHECK(alone.ledger.state().left_short == 1);
  CHECK_FALSE(alone.ledger.kept());
  const LedgerState before = alone.ledger.state();
  alone.ledger.make_up(second, tranches);
  CHECK(alone.ledger.kept());
  CHECK(alone.kept() == 1);
  alone.ledger.restore(before);
  CHECK_FALSE(alone.ledger.kept());
  alone.ledger.reset();
  alone.ledger.make_up(second, tranches);  // nothing was left short
  CHECK(alone.ledger.kept());
}
