#include <fmt/format.h>

#include "scenario/check/checker.hpp"

namespace truce::scenario {

namespace {

/// The cohorts that effects add to.
std::unordered_set<std::string> growing(const Scenario& scenario) {
  std::unordered_set<std::string> result;
  for_each_effect(scenario, [&](const Effect& effect) {
    if (effect.kind == model::EffectKind::transfer) {
      result.insert(effect.to.text.substr(0, effect.to.text.find('.')));
    } else if (effect.kind == model::EffectKind::capture) {
      for (const auto& [name, value] : effect.assignments) result.insert(name.text);
    }
  });
  return result;
}

}  // namespace

// The most persons that a cohort can ever have, living or, as the dead join them, as remains;
// nothing where that is not known.
std::optional<double> Checker::most_held(const std::string& name, bool remains) const {
  const auto at = cohorts_.find(name);
  if (at == cohorts_.end()) return {};
  const Cohort& cohort = *at->second;
  if (cohort.held && (remains || !cohort.living)) return fold_(*cohort.held);
  const auto living = fold_(cohort.living, 0);
  if (!living) return cohort.held ? fold_(*cohort.held) : std::nullopt;
  if (!remains) return living;
  const auto others = fold_(cohort.remains, 0);
  return others ? std::optional(*living + *others) : std::nullopt;
}

void Checker::check_count(const Name& persons, const Expression& count) {
  const auto dot = persons.text.find('.');
  const auto most = most_held(persons.text.substr(0, dot), dot != std::string::npos);
  const auto asked = fold_(count);
  if (!most || *most < 0 || !asked || !(*asked > *most + 0.5)) return;
  diagnostics_.warning(
      count.position,
      fmt::format("{:.6g} persons are to be released of '{}'", *asked, persons.text),
      fmt::format("never more than {:.6g} are held", *most), "write 'rest' for all who are held");
}

void Checker::check_counts() {
  const auto grow = growing(scenario_);
  const auto check = [&](const Name& persons, const Expression& count) {
    if (!grow.contains(persons.text.substr(0, persons.text.find('.')))) check_count(persons, count);
  };
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& o : phase.obligations) {
      if (!o.release) continue;
      for (const DueEntry& entry : o.due) {
        if (entry.count) check(*o.release, *entry.count);
      }
    }
  }
  for_each_effect(scenario_, [&](const Effect& effect) {
    if (effect.kind != model::EffectKind::release) return;
    for (const auto& [name, value] : effect.assignments) check(name, value);
  });
}

}  // namespace truce::scenario
