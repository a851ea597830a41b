#include <algorithm>
#include <array>

#include "model/trial/cohorts.hpp"
#include "model/trial/fail.hpp"
#include "model/trial/ledger.hpp"
#include "model/trial/performance.hpp"
#include "model/trial/tranches.hpp"

/// From a tranche's T on, until it is decided how it is performed.
namespace truce::model {

void Tranches::start(TrancheId id) {
  Tranche& tranche = state_.tranches[id];
  const Obligation& obligation = world_.model.obligations[tranche.obligation];
  double credited = 0;
  double present = tranche.count;
  if (tranche.owed != Owed::effects) {
    if (tranche.entry.valid()) {
      const Expr& count = obligation.due[tranche.entry].count;
      tranche.owed = count.present() ? Owed::count : Owed::all;
      tranche.of_rest = tranche.owed == Owed::all;
      if (count.present()) tranche.count = world_.persons(world_.numbers(count), obligation.name);
      tranche.entry = DueEntryId{};
    }
    if (tranche.owed == Owed::count) {
      double& credit = state_.credit[tranche.obligation.index()];
      credited = std::min(credit, tranche.count);
      credit -= credited;
      TRUCE_ENSURE(credit >= 0);
      tranche.to_answer_seen += credited;
      tranche.to_answer_performed += credited;
      tranche.count -= credited;
      ledger_.deliver(tranche.obligation, credited);
    }
    present = held(obligation);
  }
  const bool nothing = present == 0 || (tranche.owed != Owed::all && tranche.count == 0);
  if (nothing && credited > 0) return cover_by_credit(id, credited);
  if (nothing) {
    number(tranche);
    make_void(tranche, tranche.owed != Owed::all && tranche.count == 0 ? "nothing is owed"
                                                                       : "nobody is held");
    return close(id);
  }
  if (obligation.singly == Singly::yes && !tranche.single && tranche.owed != Owed::effects) {
    return start_singly(id, owed_now(tranche));
  }
  number(tranche);
  decide(id);
}

void Tranches::number(Tranche& tranche) {
  if (tranche.number == 0) tranche.number = ++state_.started[tranche.obligation.index()];
}

void Tranches::cover_by_credit(TrancheId id, double persons) {
  Tranche& tranche = state_.tranches[id];
  number(tranche);
  tranche.fate = Fate::full;
  tranche.owes = tranche.delivered = persons;
  world_.because("covered by credit");
  performance_.fulfil(id);
}

void Tranches::start_singly(TrancheId id, double count) {
  const Tranche whole = state_.tranches[id];
  for (double i = 0; i < count; ++i) {
    const TrancheId single = create(whole.obligation);
    Tranche& tranche = state_.tranches[single];
    tranche.order = whole.order;
    tranche.count = 1;
    tranche.single = true;
    tranche.of_rest = whole.of_rest;
    if (i == 0) {
      tranche.to_answer_seen = whole.to_answer_seen;
      tranche.to_answer_performed = whole.to_answer_performed;
    }
    number(tranche);
    decide(single);
  }
  state_.tranches[id].fate = Fate::full;  // its persons are tranches now
  close(id);
}

double Tranches::owed_now(const Tranche& tranche) const {
  if (tranche.owed == Owed::effects) return tranche.count;
  const double present = held(world_.model.obligations[tranche.obligation]);
  return tranche.owed == Owed::all ? present : std::min(tranche.count, present);
}

Context Tranches::context_of(const Tranche& tranche) const {
  const bool is_open = tranche.fate == Fate::open;
  const double owes = is_open ? owed_now(tranche) : tranche.owes;
  const double at = tranche.performed() ? tranche.perform_at : world_.now();
  return {.count = owes,
          .number = static_cast<double>(tranche.number),
          .delivered = tranche.delivered,
          .missing = std::max(0.0, owes - tranche.delivered),
          .late = std::max(0.0, at - tranche.in_time_until)};
}

void Tranches::decide(TrancheId id) {
  Tranche& tranche = state_.tranches[id];
  tranche.in_time_until = infinity;
  const ContextScope context(world_, [&] { return context_of(tranche); });
  schedule(id, draw_course(tranche, world_.model.obligations[tranche.obligation]));
}

double Tranches::draw_course(Tranche& tranche, const Obligation& obligation) {
  const std::string& name = obligation.name;
  enum Mode : std::size_t { late = 0, partial = 1, refuse = 2, comply = 3 };
  std::size_t mode = comply;
  if (!world_.chance(obligation.comply, obligation.comply_stream)) {
    const bool weighted = std::ranges::any_of(obligation.otherwise, &Expr::present);
    mode = weighted ? world_.choose(obligation.otherwise, obligation.otherwise_stream) : refuse;
  }
  const double takes = world_.duration(obligation.takes, name, "takes");
  const double grace = world_.duration(obligation.grace, name, "grace");
  tranche.in_time_until = world_.now() + takes + grace;
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
    tranche.fate = Fate::refused;
    tranche.owes = tranche.shortfall = owed_now(tranche);
    ledger_.miss(tranche, tranche.owes);
    tranche.stage = Stage::seen;
    next = world_.now() + takes + grace +
           world_.duration(obligation.verifier_takes, name, "takes of its verifier");
  }
  if (world_.trace.on()) {
    constexpr std::array<const char*, 4> words = {".goes_late", ".goes_partial", ".refused",
                                                  ".complies"};
    world_.note(name, words[mode], tranche.owed == Owed::count ? tranche.count : not_a_number);
  }
  return next;
}

double Tranches::share_of(const Expr& expression, const std::string& owner, const char* key) {
  const double share = world_.numbers(expression, 1);
  if (!(share >= 0) || share == infinity) {
    fail("'{}': '{}' is {}", owner, key, share);
  }
  return share;
}

}  // namespace truce::model
