#include "model/trial/tranches.hpp"

#include <vector>

#include "support/catch.hpp"
#include "support/components.hpp"
#include "support/small_model.hpp"

using namespace truce;
using namespace truce::model;

namespace {

constexpr ObligationId first{0};
constexpr ObligationId second{1};

/// Tranches of two obligations, among the other components.
struct Waiting : test::Components {
  Waiting() : Components(test::small_model(1, 2)) {}

  void hold(ObligationId id) { restraints.impose(RestraintTarget{id}, infinity, 0, 0); }
  void unhold(ObligationId id) { restraints.lift_all(RestraintTarget{id}); }
  /// The next step of a tranche; returns which one.
  TrancheId step() {
    const SlotId slot = world.agenda.first();
    REQUIRE(world.agenda.pending(slot));
    world.agenda.advance(world.agenda.first_time());
    const auto id = world.agenda.begin(slot).subject.as<TrancheId>();
    tranches.step(id);
    return id;
  }
  [[nodiscard]] bool pending() { return world.agenda.pending(world.agenda.first()); }
  /// Those that wait, in their order.
  [[nodiscard]] std::vector<std::size_t> queue() const {
    std::vector<std::size_t> ids;
    const TranchesState& state = tranches.state();
    for (TrancheId id = state.first_waiting; id.valid(); id = tranches[id].next_waiting) {
      ids.push_back(id.index());
    }
    if (ids.empty()) {
      CHECK_FALSE(state.last_waiting.valid());
    } else {
      CHECK(state.last_waiting.index() == ids.back());
    }
    return ids;
  }
};

using Order = std::vector<std::size_t>;

}  // namespace

TEST_CASE("tranches that are blocked wait in the order in which they fell due") {
  Waiting waiting;
  waiting.hold(first);
  waiting.hold(second);
  waiting.tranches.fall_due(first, {});
  waiting.tranches.fall_due(second, {});
  waiting.tranches.fall_due(first, {});
  CHECK(waiting.queue() == Order{0, 1, 2});
  CHECK_FALSE(waiting.pending());
  waiting.unhold(first);
  waiting.tranches.release_waiting();
  CHECK(waiting.queue() == Order{1});
  // What freed them gives way to another block: they take their places again.
  waiting.hold(first);
  CHECK(waiting.step() == TrancheId{0});
  CHECK(waiting.queue() == Order{0, 1});
  CHECK(waiting.step() == TrancheId{2});
  CHECK(waiting.queue() == Order{0, 1, 2});
  CHECK_FALSE(waiting.pending());
}

TEST_CASE("one that is freed starts at the same time, and is underway") {
  Waiting waiting;
  waiting.hold(first);
  waiting.tranches.fall_due(first, {});
  waiting.unhold(first);
  waiting.tranches.release_waiting();
  CHECK(waiting.queue().empty());
  const Tranche& tranche = waiting.tranches[TrancheId{0}];
  CHECK(tranche.stage == Stage::starting);
  CHECK(tranche.number == 0);
  waiting.step();
  CHECK(tranche.stage == Stage::underway);
  CHECK(tranche.number == 1);
  CHECK(waiting.world.agenda.time_of(tranche.slot) == 0);
}

TEST_CASE("a tranche that falls due later does so after its delay") {
  Waiting waiting;
  waiting.hold(first);
  const TrancheId id = waiting.tranches.create(first);
  waiting.tranches.fall_due_later(id, 4);
  CHECK(waiting.queue().empty());
  waiting.step();
  CHECK(waiting.world.now() == 4);
  CHECK(waiting.queue() == Order{0});
}

TEST_CASE("serials are never used twice, though ids are") {
  Waiting waiting;
  const TrancheId a = waiting.tranches.create(first);
  const std::uint64_t serial = waiting.tranches.serial_of(a);
  CHECK(serial == 1);
  CHECK(waiting.tranches.serial_of({}) == 0);
  waiting.tranches.close(a);
  CHECK(waiting.tranches.serial_of(a) == 0);
  const TrancheId b = waiting.tranches.create(second);
  CHECK(b == a);
  CHECK(waiting.tranches.serial_of(b) == serial + 1);
}

TEST_CASE("the ledger is told of a tranche's end once, and of one that is left short") {
  Waiting waiting;
  Ledger& ledger = waiting.ledger;
  const TrancheId in_full = waiting.tranches.create(first);
  const TrancheId nothing = waiting.tranches.create(first);
  const TrancheId made_up = waiting.tranches.create(first);
  CHECK(ledger.state().not_done == 3);
  waiting.tranches[in_full].fate = Fate::full;
  waiting.tranches.finish(waiting.tranches[in_full]);
  waiting.tranches.finish(waiting.tranches[in_full]);
  CHECK(ledger.state().not_done == 2);
  waiting.tranches.close(in_full);
  CHECK(ledger.state().not_done == 2);
  CHECK(ledger.state().left_short == 0);
  waiting.tranches[made_up].made_up = true;
  waiting.tranches.close(made_up);
  CHECK(ledger.state().left_short == 0);
  waiting.tranches.close(nothing);
  CHECK(ledger.state().not_done == 0);
  CHECK(ledger.state().left_short == 1);
}

TEST_CASE("one that is owed again is expected again, as if nothing had come of it") {
  Waiting waiting;
  waiting.hold(first);
  const TrancheId id = waiting.tranches.create(first);
  Tranche& tranche = waiting.tranches[id];
  waiting.ledger.miss(tranche, 1);
  waiting.tranches.finish(tranche);
  tranche.fate = Fate::refused;
  waiting.tranches.owe_again(id);
  CHECK(waiting.ledger.state().not_done == 1);
  CHECK(waiting.world.value(waiting.world.model.obligations[first].missing) == 0);
  CHECK(tranche.fate == Fate::open);
  waiting.step();
  CHECK(waiting.queue() == Order{0});
}

TEST_CASE("tranches lapse wherever they are, and reset gives the first serial again") {
  Waiting waiting;
  waiting.hold(first);
  waiting.tranches.fall_due(first, {});
  waiting.tranches.fall_due_later(waiting.tranches.create(second), 3);
  const TranchesState before = waiting.tranches.state();
  waiting.tranches.lapse();
  CHECK(waiting.queue().empty());
  CHECK_FALSE(waiting.pending());
  CHECK(waiting.tranches.serial_of(TrancheId{0}) == 0);
  CHECK(waiting.tranches.serial_of(waiting.tranches.create(first)) == 3);
  waiting.tranches.restore(before);
  CHECK(waiting.queue() == Order{0});
  waiting.tranches.add_credit(first, 2);
  waiting.tranches.reset();
  CHECK(waiting.queue().empty());
  CHECK(waiting.tranches.state().credit[first.index()] == 0);
  CHECK(waiting.tranches.serial_of(waiting.tranches.create(first)) == 1);
}
