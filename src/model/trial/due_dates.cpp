#include "model/trial/due_dates.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "model/trial/fail.hpp"
#include "model/trial/ledger.hpp"
#include "model/trial/phases.hpp"
#include "model/trial/tranches.hpp"

namespace truce::model {

void DueDates::reset() {
  state_.dated.clear();
  state_.series.clear();
}

void DueDates::add(ObligationId id) {
  const Obligation& obligation = world_.model.obligations[id];
  for (const DueEntryId entry : obligation.due.ids()) add(obligation, id, entry);
}

void DueDates::add(const Obligation& obligation, ObligationId id, DueEntryId entry) {
  const DueEntry& due = obligation.due[entry];
  const double now = world_.now();
  const auto add = [&](double time) {
    ledger_.expect();
    state_.dated.push_back(
        {.time = time, .order = world_.agenda.reserve(), .obligation = id, .entry = entry});
  };
  if (due.day.present()) return add(now + world_.duration(due.day, obligation.name, "day"));
  const double every = world_.duration(due.every, obligation.name, "every");
  const double from = world_.duration(due.from, obligation.name, "from", every);
  if (!(every > 0)) {
    fail("'{}': 'every' must be longer than 0", obligation.name);
  }
  if (!due.to.present()) {
    const SeriesId series = state_.series.acquire();
    const SlotId slot =
        world_.agenda.schedule({.kind = StepKind::series, .subject = series}, now + from);
    state_.series[series] = {.start = now + from,
                             .every = every,
                             .number = 1,
                             .obligation = id,
                             .entry = entry,
                             .run = phases_.run(),
                             .slot = slot};
    return;
  }
  const double to = world_.duration(due.to, obligation.name, "to");
  if ((to - from) / every > base::most_tranches) {
    fail("'{}': more than {} tranches of one due entry", obligation.name, base::most_tranches);
  }
  for (double k = 0; from + k * every <= to + base::slack_of_time; ++k) add(now + from + k * every);
}

void DueDates::order() {
  if (state_.dated.empty()) return;
  std::ranges::sort(state_.dated, [](const Dated& a, const Dated& b) {
    return a.time > b.time || (a.time == b.time && a.order > b.order);
  });
  schedule_next();
}

void DueDates::schedule_next() {
  if (state_.dated.empty()) return;
  world_.agenda.schedule_due(state_.dated.back().time, state_.dated.back().order);
}

void DueDates::step() {
  TRUCE_EXPECT(!state_.dated.empty() && state_.dated.back().time == world_.now());
  const Dated due = state_.dated.back();
  state_.dated.pop_back();
  schedule_next();
  tranches_.fall_due(due.obligation, due.entry);
  ledger_.done();  // it is a tranche now
}

void DueDates::step(SeriesId id) {
  Series& series = state_.series[id];
  if (!phases_.goes_on(series.run)) return state_.series.release(id);
  const double next = series.start + series.number * series.every;
  ++series.number;
  series.slot = world_.agenda.schedule({.kind = StepKind::series, .subject = id}, next);
  tranches_.fall_due(series.obligation, series.entry);
}

void DueDates::lapse() {
  state_.dated.clear();
  world_.agenda.cancel_fixed(Agenda::slot(StepKind::due));
  for (const SeriesId id : state_.series.ids()) world_.agenda.cancel(state_.series[id].slot);
  state_.series.clear();
}

}  // namespace truce::model
