#include <fmt/format.h>

#include <algorithm>

#include "scenario/check/checker.hpp"

namespace truce::scenario {

namespace {

/// Whether an effect adds to those held in the cohort.
bool adds_to(const Effect& effect, const std::string& cohort) {
  if (effect.kind == model::EffectKind::transfer) {
    return effect.to.text.substr(0, effect.to.text.find('.')) == cohort;
  }
  return effect.kind == model::EffectKind::capture &&
         std::ranges::any_of(effect.assignments,
                             [&](const auto& each) { return each.first.text == cohort; });
}

}  // namespace

// The most persons that a cohort can ever have, living or, as the dead join them, as remains;
// nothing where that is not known.
std::optional<double> Checker::most_held(const std::string& name, bool remains) const {
  const auto at = cohorts_.find(name);
  if (at == cohorts_.end()) return {};
  const Cohort& cohort = *at->second;
  bool grows = false;
  for_each_effect(scenario_, [&](const Effect& effect) { grows = grows || adds_to(effect, name); });
  if (grows) return {};
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
  if (!most || !asked || !(*asked > *most + 0.5)) return;
  diagnostics_.warning(
      count.position,
      fmt::format("{:.6g} persons are to be released of '{}'", *asked, persons.text),
      fmt::format("never more than {:.6g} are held", *most), "write 'rest' for all who are held");
}

void Checker::check_counts() {
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& o : phase.obligations) {
      if (!o.release) continue;
      for (const DueEntry& entry : o.due) {
        if (entry.count) check_count(*o.release, *entry.count);
      }
    }
  }
  for_each_effect(scenario_, [&](const Effect& effect) {
    if (effect.kind != model::EffectKind::release) return;
    for (const auto& [name, value] : effect.assignments) check_count(name, value);
  });
}

}  // namespace truce::scenario
