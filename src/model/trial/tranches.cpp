#include <algorithm>
#include <array>

#include "model/trial/fail.hpp"
#include "model/trial/trial.hpp"

namespace truce::model {

namespace {

constexpr std::uint32_t most_tranches = 1'000'000;

}  // namespace

std::uint32_t Trial::new_tranche(ObligationId id) {
  const std::uint32_t tranche = tranches_.acquire();
  if (tranche >= most_tranches) {
    fail("'{}': more than {} tranches at once, on day {}", model_.obligations[id].name,
         most_tranches, now_);
  }
  Tranche& t = tranches_[tranche];
  t.obligation = id;
  t.serial = ++serial_;
  t.owed = model_.obligations[id].delivery == Delivery::effects ? Owed::effects : Owed::count;
  t.count = t.owed == Owed::effects ? 1 : 0;
  return tranche;
}

bool Trial::blocked(ObligationId id) const {
  const Obligation& obligation = model_.obligations[id];
  const ObligationState& state = obligations_[id.index()];
  return state.holds > 0 || state.disputes > 0 || suspensions_[obligation.by.index()] > 0 ||
         (obligation.against.valid() && obligations_[obligation.against.index()].disputes > 0) ||
         (obligation.requires_.present() &&
          condition_holds_[obligation.requires_reactor.index()] == 0);
}

void Trial::fall_due(std::uint32_t id) {
  Tranche& tranche = tranches_[id];
  tranche.order = ++due_order_;
  const Obligation& obligation = model_.obligations[tranche.obligation];
  note(obligation.name, ".due");
  if (blocked(tranche.obligation)) {
    wait(id);
  } else {
    start(id);
  }
}

void Trial::wait(std::uint32_t id) {
  Tranche& tranche = tranches_[id];
  tranche.stage = Stage::waiting;
  note(model_.obligations[tranche.obligation].name, ".waits");
  std::uint32_t* link = &first_waiting_;
  if (last_waiting_ != none && tranches_[last_waiting_].order < tranche.order) {
    link = &tranches_[last_waiting_].next_waiting;
  }
  while (*link != none && tranches_[*link].order < tranche.order) {
    link = &tranches_[*link].next_waiting;
  }
  tranche.next_waiting = *link;
  *link = id;
  if (tranche.next_waiting == none) last_waiting_ = id;
}

void Trial::release_waiting() {
  std::uint32_t* link = &first_waiting_;
  last_waiting_ = none;
  while (*link != none) {
    const std::uint32_t id = *link;
    Tranche& tranche = tranches_[id];
    if (blocked(tranche.obligation)) {
      last_waiting_ = id;
      link = &tranche.next_waiting;
      continue;
    }
    *link = tranche.next_waiting;
    tranche.next_waiting = none;
    tranche.stage = Stage::starting;
    tranche.slot = schedule({.kind = StepKind::tranche, .subject = id}, now_);
  }
}

void Trial::step_tranche(std::uint32_t id) {
  Tranche& tranche = tranches_[id];
  tranche.slot = none;
  const Obligation& obligation = model_.obligations[tranche.obligation];
  switch (tranche.stage) {
    case Stage::to_fall_due:
      if (telling()) why_ = obligation.against.valid() ? "in answer" : "";
      fall_due(id);
      return;
    case Stage::starting:
      // What freed it may have given way to another block at this very time.
      if (blocked(tranche.obligation)) return wait(id);
      if (telling()) why_ = "freed";
      return start(id);
    case Stage::underway:
    case Stage::overdue:
      return perform(id);
    case Stage::late:
      tranche.stage = Stage::overdue;
      tranche.slot = schedule({.kind = StepKind::tranche, .subject = id}, tranche.perform_at);
      if (telling()) why_ = "late beyond its grace";
      return breach(id);
    case Stage::seen:
      return see(id);
    case Stage::free:
    case Stage::waiting:
    case Stage::closed:
      return;
  }
}

void Trial::start(std::uint32_t id) {
  Tranche& tranche = tranches_[id];
  const Obligation& obligation = model_.obligations[tranche.obligation];
  if (tranche.owed == Owed::effects) {
    if (tranche.count == 0) return fulfil(id);
    return decide(id);
  }
  if (tranche.entry != none) {
    const Expr& count = obligation.due[tranche.entry].count;
    tranche.owed = count.present() ? Owed::count : Owed::all;
    if (count.present()) tranche.count = persons(numbers_(count), obligation.name);
    tranche.entry = none;
  }
  const double present = held(obligation);
  if (tranche.owed == Owed::count) {
    double& credit = obligations_[tranche.obligation.index()].credit;
    const double credited = std::min(credit, tranche.count);
    credit -= credited;
    tranche.to_answer_seen += credited;
    tranche.to_answer_performed += credited;
    tranche.count -= credited;
    if (tranche.count == 0) {
      if (telling()) why_ = credited > 0 ? "covered by credit" : "nothing is owed";
      return fulfil(id);
    }
  }
  if (present == 0) {
    if (telling()) why_ = "nobody is held";
    return fulfil(id);
  }
  if (obligation.singly == Singly::yes && !tranche.single) {
    return start_singly(id, tranche.owed == Owed::all ? present : std::min(tranche.count, present));
  }
  decide(id);
}

void Trial::start_singly(std::uint32_t id, double count) {
  const Tranche whole = tranches_[id];
  close(id);
  for (double i = 0; i < count; ++i) {
    const std::uint32_t single = new_tranche(whole.obligation);
    Tranche& tranche = tranches_[single];
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

void Trial::decide(std::uint32_t id) {
  Tranche& tranche = tranches_[id];
  const Obligation& obligation = model_.obligations[tranche.obligation];
  const std::string& name = obligation.name;
  enum Mode : std::size_t { late = 0, partial = 1, refuse = 2, comply = 3 };
  std::size_t mode = comply;
  if (!chance(obligation.comply, obligation.comply_place)) {
    const bool weighted = std::ranges::any_of(obligation.otherwise, &Expr::present);
    mode = weighted ? choose(obligation.otherwise, obligation.otherwise_place) : refuse;
  }
  const double takes = duration(obligation.takes, name, "takes");
  const double grace = duration(obligation.grace, name, "grace");
  tranche.refused = mode == refuse;
  tranche.share = 1;
  if (mode == partial) tranche.share = share_of(obligation.partial_share, name, "partial_share");
  if (mode == comply || mode == late) tranche.share = share_of(obligation.share, name, "share");
  double next = now_ + takes;
  tranche.stage = Stage::underway;
  if (mode == late) {
    const double late_by = duration(obligation.late_by, name, "late_by");
    tranche.perform_at = now_ + takes + late_by;
    next = tranche.perform_at;
    if (late_by > grace) {
      tranche.stage = Stage::late;
      next = now_ + takes + grace;
    }
  } else if (mode == refuse) {
    tranche.shortfall = tranche.owed == Owed::effects ? tranche.count
                        : tranche.owed == Owed::all   ? held(obligation)
                                                      : std::min(tranche.count, held(obligation));
    tranche.delivered = 0;
    tranche.stage = Stage::seen;
    next =
        now_ + takes + grace + duration(obligation.verifier_takes, name, "takes of its verifier");
  }
  if (telling()) {
    constexpr std::array<const char*, 4> tellings = {".goes_late", ".goes_partial", ".refused",
                                                     ".complies"};
    note(name, tellings[mode], tranche.owed == Owed::count ? tranche.count : not_a_number);
  }
  tranche.slot = schedule({.kind = StepKind::tranche, .subject = id}, next);
}

double Trial::share_of(const Expr& expression, const std::string& owner, const char* key) {
  const double share = numbers_(expression, 1);
  if (!(share >= 0) || share == infinity) {
    fail("'{}': '{}' is {}", owner, key, share);
  }
  return share;
}

void Trial::close(std::uint32_t id) {
  Tranche& tranche = tranches_[id];
  cancel(tranche.slot);
  tranches_.release(id);
}

void Trial::lapse_tranches() {
  for (std::uint32_t id = 0; id < tranches_.size(); ++id) {
    if (tranches_[id].serial != 0) close(id);
  }
  first_waiting_ = last_waiting_ = none;
  for (ObligationState& state : obligations_) {
    state.answerable = 0;
    state.disputes = 0;
  }
  dated_.clear();
  calendar_.cancel(due_slot);
  for (std::uint32_t slot = fixed_slots_; slot < steps_.size(); ++slot) {
    if (steps_[slot].kind != StepKind::series) continue;
    std::uint32_t own = slot;
    cancel(own);
  }
}

}  // namespace truce::model
