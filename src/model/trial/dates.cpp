#include <algorithm>

#include "model/trial/fail.hpp"
#include "model/trial/trial.hpp"

namespace truce::model {

void Trial::add_dates(const Obligation& obligation, ObligationId id) {
  constexpr double slack = 1e-9;
  constexpr double most_tranches = 100'000;
  for (std::uint32_t i = 0; i < obligation.due.size(); ++i) {
    const DueEntry& entry = obligation.due[i];
    const auto add = [&](double time) {
      dated_.push_back({.time = time, .place = calendar_.reserve(), .obligation = id, .entry = i});
    };
    if (entry.day.present()) {
      add(now_ + duration(entry.day, obligation.name, "day"));
      continue;
    }
    const double every = duration(entry.every, obligation.name, "every");
    const double from = duration(entry.from, obligation.name, "from", every);
    if (!(every > 0)) {
      fail("'{}': 'every' must be longer than 0", obligation.name);
    }
    if (!entry.to.present()) {
      const std::uint32_t series = series_.acquire();
      series_[series] = {.start = now_ + from,
                         .every = every,
                         .number = 1,
                         .obligation = id,
                         .entry = i,
                         .run = phase_run_};
      schedule({.kind = StepKind::series, .subject = series}, now_ + from);
      continue;
    }
    const double to = duration(entry.to, obligation.name, "to");
    if ((to - from) / every > most_tranches) {
      fail("'{}': more than {} tranches of one due entry", obligation.name, most_tranches);
    }
    for (double k = 0; from + k * every <= to + slack; ++k) add(now_ + from + k * every);
  }
}

// Dates are known when a phase begins, and many: one slot of the calendar serves all of them.
void Trial::order_dates() {
  if (dated_.empty()) return;
  std::ranges::sort(dated_, [](const Dated& a, const Dated& b) {
    return a.time > b.time || (a.time == b.time && a.place > b.place);
  });
  schedule_next_date();
}

void Trial::schedule_next_date() {
  if (dated_.empty()) return;
  steps_[due_slot] = fixed_step(due_slot);
  calendar_.schedule_reserved(due_slot, dated_.back().time, dated_.back().place);
}

void Trial::step_date() {
  const Dated due = dated_.back();
  dated_.pop_back();
  schedule_next_date();
  const std::uint32_t tranche = new_tranche(due.obligation);
  tranches_[tranche].entry = due.entry;
  fall_due(tranche);
}

void Trial::step_series(std::uint32_t id) {
  Series& series = series_[id];
  if (!phase_.valid() || phase_run_ != series.run) return series_.release(id);
  const double next = series.start + series.number * series.every;
  ++series.number;
  schedule({.kind = StepKind::series, .subject = id}, next);
  const std::uint32_t tranche = new_tranche(series.obligation);
  tranches_[tranche].entry = series.entry;
  fall_due(tranche);
}

}  // namespace truce::model
