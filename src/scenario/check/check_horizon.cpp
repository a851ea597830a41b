#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "scenario/check/checker.hpp"
#include "scenario/constructs/walk.hpp"

namespace truce::scenario {

// The earliest day on which each phase can begin, by what is known at the parameters' values: a
// phase without `ends_when` lasts what it says, everything else takes no time.
std::vector<double> Checker::earliest_days() const {
  constexpr double never = std::numeric_limits<double>::infinity();
  const auto& phases = scenario_.phases;
  std::vector<double> day(phases.size(), never);
  const auto arrive = [&](std::size_t i, double at) {
    const bool earlier = at < day[i];
    if (earlier) day[i] = at;
    return earlier;
  };
  const auto arrive_by = [&](const std::vector<Effect>& effects, double at) {
    bool any = false;
    for (const Effect& effect : effects) {
      if (effect.kind != model::EffectKind::advance) continue;
      for (std::size_t i = 0; i < phases.size(); ++i) {
        if (phases[i].name.text == effect.target.text) any = arrive(i, at) || any;
      }
    }
    return any;
  };
  if (!scenario_.begin && !phases.empty()) arrive(0, 0);
  // Whatever is no end of a phase may come at any time.
  if (scenario_.begin) arrive_by(*scenario_.begin, 0);
  for (const Talks& t : scenario_.talks) arrive_by(t.agreed, 0), arrive_by(t.failed, 0);
  for (const Incident& i : scenario_.incidents) arrive_by(i.effects, 0);
  for (const Trigger& t : scenario_.triggers) arrive_by(t.effects, 0);
  for (const Phase& phase : phases) {
    for (const Obligation& o : phase.obligations) {
      if (o.effects) arrive_by(*o.effects, 0);
    }
  }
  for (bool any = true; any;) {
    any = false;
    for (std::size_t i = 0; i < phases.size(); ++i) {
      const Phase& phase = phases[i];
      if (day[i] == never) continue;
      const double end =
          day[i] + (phase.ends_when ? 0.0 : std::max(0.0, fold_(phase.lasts, 0).value_or(0)));
      if (i + 1 < phases.size() && (phase.lasts || phase.ends_when))
        any = arrive(i + 1, end) || any;
      if (!phase.then) continue;
      for (const Rule& rule : *phase.then) any = arrive_by(rule.effects, end) || any;
    }
  }
  return day;
}

// A phase that begins when the trial ends, or ends after it, is there for nothing.
void Checker::check_horizon() {
  const auto horizon = fold_(scenario_.horizon, 0);
  if (!horizon || !(*horizon > 0)) return;
  const auto days = earliest_days();
  const std::string why = fmt::format("the horizon is {:.6g} days", *horizon);
  for (std::size_t i = 0; i < days.size(); ++i) {
    const Phase& phase = scenario_.phases[i];
    const auto lasts = phase.lasts ? fold_(*phase.lasts) : std::nullopt;
    if (days[i] == std::numeric_limits<double>::infinity()) continue;  // nothing reaches it
    if (days[i] >= *horizon) {
      warn(phase.name,
           fmt::format("the phase '{}' begins on day {:.6g} at the earliest", phase.name.text,
                       days[i]),
           why);
    } else if (lasts && !phase.ends_when && days[i] + *lasts > *horizon) {
      warn(phase.name,
           fmt::format("the phase '{}' ends on day {:.6g} at the earliest", phase.name.text,
                       days[i] + *lasts),
           why);
    }
  }
  for (const Trigger& trigger : scenario_.triggers) {
    const auto at = trigger.at ? fold_(*trigger.at) : std::nullopt;
    if (at && *at > *horizon) {
      warn(trigger.name, fmt::format("the trigger '{}' never acts", trigger.name.text),
           fmt::format("it would on day {:.6g}; {}", *at, why));
    }
  }
}

}  // namespace truce::scenario
