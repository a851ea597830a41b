#include "model/trial/tranches.hpp"

#include <algorithm>
#include <array>

#include "model/trial/cohorts.hpp"
#include "model/trial/disputes.hpp"
#include "model/trial/fail.hpp"
#include "model/trial/performance.hpp"
#include "model/trial/restraints.hpp"

namespace truce::model {

namespace {

constexpr std::uint32_t most_tranches = 1'000'000;

}  // namespace

Tranches::Tranches(World& world, const Cohorts& cohorts, const Disputes& disputes,
                   const Restraints& restraints, Performance& performance)
    : world_(world),
      cohorts_(cohorts),
      disputes_(disputes),
      restraints_(restraints),
      performance_(performance) {
  state_.credit.resize(world.model.obligations.size());
}

void Tranches::reset() {
  state_.tranches.clear();
  state_.due_order = state_.serial = 0;
  state_.first_waiting = state_.last_waiting = TrancheId{};
  std::ranges::fill(state_.credit, 0);
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
      return performance_.breach(id);
    case Stage::seen:
      return performance_.see(id);
    case Stage::free:
    case Stage::waiting:
    case Stage::closed:
      return;
  }
}

void Tranches::start(TrancheId id) {
  Tranche& tranche = state_.tranches[id];
  const Obligation& obligation = world_.model.obligations[tranche.obligation];
  if (tranche.owed == Owed::effects) {
    if (tranche.count == 0) return performance_.fulfil(id);
    return decide(id);
  }
  if (tranche.entry.valid()) {
    const Expr& count = obligation.due[tranche.entry].count;
    tranche.owed = count.present() ? Owed::count : Owed::all;
    if (count.present()) tranche.count = world_.persons(world_.numbers(count), obligation.name);
    tranche.entry = DueEntryId{};
  }
  const double present = held(obligation);
  if (tranche.owed == Owed::count) {
    double& credit = state_.credit[tranche.obligation.index()];
    const double credited = std::min(credit, tranche.count);
    credit -= credited;
    tranche.to_answer_seen += credited;
    tranche.to_answer_performed += credited;
    tranche.count -= credited;
    if (tranche.count == 0) {
      world_.because(credited > 0 ? "covered by credit" : "nothing is owed");
      return performance_.fulfil(id);
    }
  }
  if (present == 0) {
    world_.because("nobody is held");
    return performance_.fulfil(id);
  }
  if (obligation.singly == Singly::yes && !tranche.single) {
    return start_singly(id, tranche.owed == Owed::all ? present : std::min(tranche.count, present));
  }
  decide(id);
}

void Tranches::start_singly(TrancheId id, double count) {
  const Tranche whole = state_.tranches[id];
  close(id);
  for (double i = 0; i < count; ++i) {
    const TrancheId single = create(whole.obligation);
    Tranche& tranche = state_.tranches[single];
    tranche.order = whole.order;
    tranche.count = 1;
    tranche.single = true;
    if (i == 0) {
      tranche.to_answer_seen = whole.to_answer_seen;
      tranche.to_answer_performed = whole.to_answer_performed;
    }
    decide(single);
  }
}

void Tranches::decide(TrancheId id) {
  Tranche& tranche = state_.tranches[id];
  const Obligation& obligation = world_.model.obligations[tranche.obligation];
  const std::string& name = obligation.name;
  enum Mode : std::size_t { late = 0, partial = 1, refuse = 2, comply = 3 };
  std::size_t mode = comply;
  if (!world_.chance(obligation.comply, obligation.comply_stream)) {
    const bool weighted = std::ranges::any_of(obligation.otherwise, &Expr::present);
    mode = weighted ? world_.choose(obligation.otherwise, obligation.otherwise_stream) : refuse;
  }
  const double takes = world_.duration(obligation.takes, name, "takes");
  const double grace = world_.duration(obligation.grace, name, "grace");
  tranche.refused = mode == refuse;
  tranche.share = 1;
  if (mode == partial) tranche.share = share_of(obligation.partial_share, name, "partial_share");
  if (mode == comply || mode == late) tranche.share = share_of(obligation.share, name, "share");
  double next = world_.now() + takes;
  tranche.stage = Stage::underway;
  if (mode == late) {
    const double late_by = world_.duration(obligation.late_by, name, "late_by");
    tranche.perform_at = world_.now() + takes + late_by;
    next = tranche.perform_at;
    if (late_by > grace) {
      tranche.stage = Stage::late;
      next = world_.now() + takes + grace;
    }
  } else if (mode == refuse) {
    tranche.shortfall = tranche.owed == Owed::effects ? tranche.count
                        : tranche.owed == Owed::all   ? held(obligation)
                                                      : std::min(tranche.count, held(obligation));
    tranche.delivered = 0;
    tranche.stage = Stage::seen;
    next = world_.now() + takes + grace +
           world_.duration(obligation.verifier_takes, name, "takes of its verifier");
  }
  if (world_.trace.on()) {
    constexpr std::array<const char*, 4> words = {".goes_late", ".goes_partial", ".refused",
                                                  ".complies"};
    world_.note(name, words[mode], tranche.owed == Owed::count ? tranche.count : not_a_number);
  }
  schedule(id, next);
}

double Tranches::share_of(const Expr& expression, const std::string& owner, const char* key) {
  const double share = world_.numbers(expression, 1);
  if (!(share >= 0) || share == infinity) {
    fail("'{}': '{}' is {}", owner, key, share);
  }
  return share;
}

void Tranches::close(TrancheId id) {
  Tranche& tranche = state_.tranches[id];
  world_.agenda.cancel(tranche.slot);
  state_.tranches.release(id);
}

void Tranches::lapse() {
  for (const TrancheId id : state_.tranches.ids()) {
    if (state_.tranches[id].serial != 0) close(id);
  }
  state_.first_waiting = state_.last_waiting = TrancheId{};
}

}  // namespace truce::model
