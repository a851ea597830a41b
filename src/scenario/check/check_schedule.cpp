#include <fmt/format.h>

#include <cmath>

#include "base/limits.hpp"
#include "scenario/check/checker.hpp"

namespace truce::scenario {

// The last day of a series is that of its last step, which may lie before `to`.
std::optional<double> Checker::last_day(const DueEntry& entry) const {
  if (!entry.every) return entry.day ? fold_(*entry.day) : std::nullopt;
  if (!entry.to) return std::nullopt;
  const auto every = fold_(*entry.every);
  const auto to = fold_(*entry.to);
  if (!every || !to || !(*every > 0)) return std::nullopt;
  const auto from = fold_(entry.from, *every);
  if (!from || *to < *from) return std::nullopt;
  return *from + std::floor((*to - *from) / *every + base::slack_of_time) * *every;
}

// From its due day until it is seen, by what is known.
double Checker::seen_after(const Obligation& o) const {
  double days = fold_(o.takes, 0).value_or(0) + fold_(o.grace, 0).value_or(0);
  for (const Verifier& verifier : scenario_.verifiers) {
    if (o.verified_by && verifier.name.text == o.verified_by->text) {
      days += fold_(verifier.takes, 0).value_or(0);
    }
  }
  return days;
}

void Checker::check_due_entry(const Phase& phase, const Obligation& o, const DueEntry& entry) {
  if (entry.every) {
    // Parameters may come to other values: an error needs plain numbers.
    const auto every = constant_value(*entry.every);
    const auto from = entry.from ? constant_value(*entry.from) : every;
    const auto to = entry.to ? constant_value(*entry.to) : std::nullopt;
    if (every == 0.0) {
      diagnostics_.error(entry.every->position, fmt::format("'every' of '{}' is 0", o.name.text),
                         "a series takes time");
    } else if (every && from && to && (*to - *from) / *every > base::most_tranches) {
      diagnostics_.error(entry.position,
                         fmt::format("a due entry of '{}' makes more than {} tranches", o.name.text,
                                     base::most_tranches));
    } else if (from && to && *to < *from) {
      diagnostics_.warning(entry.position,
                           fmt::format("a due entry of '{}' makes no tranche", o.name.text),
                           fmt::format("it would begin on day {}, after day {}", *from, *to));
    }
  }
  const auto lasts = phase.lasts ? fold_(*phase.lasts) : std::nullopt;
  const auto last = last_day(entry);
  const auto takes = fold_(o.takes, 0);
  const double seen = last.value_or(0) + seen_after(o);
  if (lasts && last && seen > *lasts && !(takes && *last + *takes > *lasts)) {
    diagnostics_.warning(
        entry.position,
        fmt::format(
            "a tranche of '{}' can be open until day {:.6g}, after the phase '{}' has ended",
            o.name.text, seen, phase.name.text),
        fmt::format(
            "with what it takes, its grace and its verification; the phase lasts {:.6g} days",
            *lasts));
  }
  if (lasts && last && takes && *last + *takes > *lasts) {
    diagnostics_.warning(
        entry.position,
        fmt::format("a tranche of '{}' is performed on day {:.6g}, after the phase '{}' has ended",
                    o.name.text, *last + *takes, phase.name.text),
        fmt::format("it lasts {:.6g} days", *lasts));
  }
}

void Checker::check_steps() {
  const auto endless = [&](const std::optional<Expression>& step, const char* key, const Name& of) {
    if (step && constant_value(*step) == 0.0) {
      diagnostics_.error(step->position, fmt::format("'{}' of '{}' is 0", key, of.text),
                         "it would act without end on the same day");
    }
  };
  for (const Talks& talks : scenario_.talks) endless(talks.rounds, "rounds", talks.name);
  for (const Trigger& trigger : scenario_.triggers) endless(trigger.every, "every", trigger.name);
  for (const Incident& i : scenario_.incidents) {
    const auto jump = i.excites ? fold_(i.excites->jump) : 0;
    const auto decay = i.excites ? fold_(i.excites->decay) : 1;
    if (jump && decay && *jump > 0 && *jump >= *decay) {
      diagnostics_.warning(
          i.excites->jump.position, fmt::format("the incident '{}' explodes", i.name.text),
          fmt::format("each occurrence causes {:.3g} others: jump / decay", *jump / *decay));
    }
  }
}

void Checker::check_schedule() {
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& o : phase.obligations) {
      for (const DueEntry& entry : o.due) check_due_entry(phase, o, entry);
    }
  }
  check_answers();
  check_steps();
}

void Checker::check() {
  collect_names();
  check_measures();
  check_references();
  check_obligations();
  check_cycles();
  check_streams();
  check_cohorts();
  check_responses();
  check_reach();
  check_reentry();
  check_rules();
  check_schedule();
  check_numbers();
  // An error elsewhere, such as a misspelt name, may be all that lets these be unused.
  if (diagnostics_.has_errors()) return;
  check_counts();
  check_holds();
  check_unused();
}

void check_structure(const Scenario& scenario, Diagnostics& diagnostics) {
  Checker(scenario, diagnostics).check();
}

}  // namespace truce::scenario
