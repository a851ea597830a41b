#include "model/trial/tranches.hpp"

#include <algorithm>

#include "model/trial/cohorts.hpp"
#include "model/trial/disputes.hpp"
#include "model/trial/fail.hpp"
#include "model/trial/ledger.hpp"
#include "model/trial/performance.hpp"
#include "model/trial/restraints.hpp"

namespace truce::model {

namespace {

constexpr std::uint32_t most_tranches = 1'000'000;

}  // namespace

Tranches::Tranches(World& world, const Cohorts& cohorts, const Disputes& disputes,
                   const Restraints& restraints, Ledger& ledger, Performance& performance)
    : world_(world),
      cohorts_(cohorts),
      disputes_(disputes),
      restraints_(restraints),
      ledger_(ledger),
      performance_(performance) {
  state_.credit.resize(world.model.obligations.size());
  state_.started.resize(world.model.obligations.size());
}

void Tranches::reset() {
  state_.tranches.clear();
  state_.due_order = state_.serial = 0;
  state_.first_waiting = state_.last_waiting = TrancheId{};
  std::ranges::fill(state_.credit, 0);
  std::ranges::fill(state_.started, 0);
}

TrancheId Tranches::create(ObligationId id) {
  const TrancheId tranche = state_.tranches.acquire();
  if (tranche.index() >= most_tranches) {
    fail("'{}': more than {} tranches at once, on day {}", world_.model.obligations[id].name,
         most_tranches, world_.now());
  }
  Tranche& t = state_.tranches[tranche];
  t.obligation = id;
  t.serial = ++state_.serial;
  const bool of_effects = world_.model.obligations[id].delivery == Delivery::effects;
  t.owed = of_effects ? Owed::effects : Owed::count;
  t.count = of_effects ? 1 : 0;
  ledger_.expect();
  return tranche;
}

double Tranches::held(const Obligation& obligation) const {
  return cohorts_.held(obligation.cohort, obligation.delivery);
}

bool Tranches::blocked(ObligationId id) const {
  const Obligation& obligation = world_.model.obligations[id];
  return restraints_.held(id) || disputes_.any_on(id) || restraints_.suspended(obligation.by) ||
         (obligation.against.valid() && disputes_.any_on(obligation.against)) ||
         (obligation.requires_.present() &&
          !world_.dependencies.holds(obligation.requires_watcher));
}

void Tranches::fall_due(ObligationId id, DueEntryId entry) {
  const TrancheId tranche = create(id);
  state_.tranches[tranche].entry = entry;
  fall_due(tranche);
}

void Tranches::fall_due_later(TrancheId id, double delay) {
  state_.tranches[id].stage = Stage::to_fall_due;
  schedule(id, world_.now() + delay);
}

void Tranches::fall_due(TrancheId id) {
  Tranche& tranche = state_.tranches[id];
  tranche.order = ++state_.due_order;
  const Obligation& obligation = world_.model.obligations[tranche.obligation];
  world_.note(obligation.name, ".due");
  if (blocked(tranche.obligation)) {
    wait(id);
  } else {
    start(id);
  }
}

void Tranches::wait(TrancheId id) {
  Tranche& tranche = state_.tranches[id];
  TRUCE_EXPECT(tranche.stage != Stage::waiting && !tranche.slot.valid());
  tranche.stage = Stage::waiting;
  world_.note(world_.model.obligations[tranche.obligation].name, ".waits");
  TrancheId* link = &state_.first_waiting;
  if (state_.last_waiting.valid() && state_.tranches[state_.last_waiting].order < tranche.order) {
    link = &state_.tranches[state_.last_waiting].next_waiting;
  }
  while (link->valid() && state_.tranches[*link].order < tranche.order) {
    link = &state_.tranches[*link].next_waiting;
  }
  tranche.next_waiting = *link;
  *link = id;
  if (!tranche.next_waiting.valid()) state_.last_waiting = id;
}

void Tranches::release_waiting() {
  TrancheId* link = &state_.first_waiting;
  state_.last_waiting = TrancheId{};
  while (link->valid()) {
    const TrancheId id = *link;
    Tranche& tranche = state_.tranches[id];
    if (blocked(tranche.obligation)) {
      state_.last_waiting = id;
      link = &tranche.next_waiting;
      continue;
    }
    *link = tranche.next_waiting;
    tranche.next_waiting = TrancheId{};
    tranche.stage = Stage::starting;
    schedule(id, world_.now());
  }
}

void Tranches::step(TrancheId id) {
  Tranche& tranche = state_.tranches[id];
  tranche.slot = SlotId{};
  const Obligation& obligation = world_.model.obligations[tranche.obligation];
  switch (tranche.stage) {
    case Stage::to_fall_due:
      world_.because(obligation.against.valid() ? "in answer" : "");
      fall_due(id);
      return;
    case Stage::starting:
      // What freed it may have given way to another block at this very time.
      if (blocked(tranche.obligation)) return wait(id);
      world_.because("freed");
      return start(id);
    case Stage::underway:
    case Stage::overdue:
      return performance_.perform(id);
    case Stage::late:
      tranche.stage = Stage::overdue;
      schedule(id, tranche.perform_at);
      world_.because("late beyond its grace");
      ledger_.miss(tranche, owed_now(tranche));
      return performance_.breach(id);
    case Stage::seen:
      return performance_.see(id);
    case Stage::free:
    case Stage::waiting:
    case Stage::closed:
      TRUCE_EXPECT(false && "a tranche with something planned");
  }
}

void Tranches::owe_again(TrancheId id) {
  Tranche& tranche = state_.tranches[id];
  ledger_.miss(tranche, 0);
  if (tranche.done) ledger_.expect();
  tranche.done = tranche.made_up = false;
  tranche.fate = Fate::open;
  tranche.delivered = tranche.owes = 0;
  fall_due_later(id, 0);
}

void Tranches::make_void(Tranche& tranche, const char* why) {
  world_.because(why);
  tranche.fate = Fate::void_;
  world_.raise(world_.model.obligations[tranche.obligation].voided);
}

void Tranches::finish(Tranche& tranche) {
  if (tranche.done) return;
  tranche.done = true;
  ledger_.done();
}

void Tranches::close(TrancheId id) {
  Tranche& tranche = state_.tranches[id];
  TRUCE_EXPECT(tranche.serial != 0 && tranche.stage != Stage::waiting);
  finish(tranche);
  const bool short_ = tranche.fate != Fate::full && tranche.fate != Fate::void_;
  if (short_ && !tranche.made_up) ledger_.leave_short(tranche.obligation);
  world_.agenda.cancel(tranche.slot);
  state_.tranches.release(id);
}

void Tranches::make_up(ObligationId id) {
  ledger_.make_up(id, state_.tranches);
}

void Tranches::lapse() {
  for (const TrancheId id : state_.tranches.ids()) {
    Tranche& tranche = state_.tranches[id];
    if (tranche.serial == 0) continue;
    world_.agenda.cancel(tranche.slot);
    state_.tranches.release(id);
  }
  state_.first_waiting = state_.last_waiting = TrancheId{};
}

}  // namespace truce::model
