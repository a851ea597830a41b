#include <fmt/format.h>

#include "scenario/check/checker.hpp"

namespace truce::scenario {

void Checker::check_transfer(const Effect& effect) {
  const auto remains = [](const Name& name) { return name.text.ends_with(".remains"); };
  if (effect.target.text.empty() || effect.to.text.empty()) return;  // reported as missing
  if (remains(effect.target) != remains(effect.to)) {
    error(effect.to,
          fmt::format("{} and {} are not of one kind", shown(effect.target.text),
                      shown(effect.to.text)),
          "living persons and remains are held apart",
          "write .remains behind both, or behind neither");
  } else if (effect.target.text == effect.to.text) {
    error(effect.to, fmt::format("{} is transferred to itself", shown(effect.to.text)));
  }
}

void Checker::check_effect(const Effect& effect) {
  if (effect.kind == model::EffectKind::transfer) return check_transfer(effect);
  if (effect.kind != model::EffectKind::credit) return;
  for (const auto& [name, value] : effect.assignments) {
    const auto named = obligations_.find(name.text);
    if (named != obligations_.end() && named->second->effects) {
      warn(name, fmt::format("'{}' releases nobody", name.text), "credit counts persons");
    }
  }
}

void Checker::check_end(Refers refers, const Name& name) {
  const bool ends = refers == Refers::ending;
  if (!name.text.empty() && !is_name(name.text)) {
    error(name, fmt::format("{} is no name of {}", shown(name.text),
                            ends ? "an ending" : "a cause of collapse"));
  } else if (!ends && name.text == "none") {
    error(name, "'none' is no cause of collapse", "it stands for trials without a collapse",
          "choose another name");
  }
}

bool Checker::refer_to_persons(const Name& name) {
  const auto dot = name.text.find('.');
  if (dot != std::string::npos && name.text.substr(dot) != ".remains") {
    error(name, fmt::format("{} cannot be released", shown(name.text)), {},
          "write COHORT or COHORT.remains");
    return false;
  }
  return refer(Room<Cohort>::entity, {name.text.substr(0, dot), name.position});
}

void Checker::check_release(const Obligation& o) {
  if (!o.release) return;
  const std::string cohort = o.release->text.substr(0, o.release->text.find('.'));
  const auto held = cohorts_.find(cohort);
  if (held == cohorts_.end()) return;
  const std::string& holder = held->second->held_by.text;
  if (holder != o.by.text && is(Room<Party>::entity, holder) &&
      is(Room<Party>::entity, o.by.text)) {
    error(*o.release, fmt::format("'{}' does not hold '{}'", o.by.text, cohort),
          fmt::format("it is held by '{}'", holder));
  }
}

void Checker::check_incident_policy(const Incident& i) {
  if (!i.breach || (i.by && i.to)) return;
  error(*i.breach,
        fmt::format("the incident '{}' has a policy, but lacks {}", i.name.text,
                    i.by   ? "'to'"
                    : i.to ? "'by'"
                           : "'by' and 'to'"),
        "without both there is no trust and no policy");
}

void Checker::check_correlation(const Correlation& c) {
  for (const Name& name : c.between) {
    const auto parameter = parameters_.find(name.text);
    if (parameter != parameters_.end() && !parameter->second->prior) {
      error(name, fmt::format("the parameter '{}' has no prior to correlate", name.text));
    }
  }
}

void Checker::check_events(const Trigger& trigger) {
  std::unordered_set<std::string> events;
  for (const Name& event : trigger.upon) {
    if (events.insert(event.text).second) continue;
    error(event, fmt::format("the event {} stands twice in the trigger '{}'", shown(event.text),
                             trigger.name.text));
  }
}

void Checker::check_references() {
  struct References : Visitor {
    explicit References(Checker& of) : checker(of) {}
    void name(Refers refers, const Name& name) override { checker.refer(refers, name); }
    void effect(const Effect& effect) override { checker.check_effect(effect); }
    Checker& checker;
  } visitor(*this);
  walk(scenario_, visitor);
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& o : phase.obligations) check_release(o);
  }
  for (const Incident& i : scenario_.incidents) check_incident_policy(i);
  for (const Trigger& t : scenario_.triggers) check_events(t);
  for (const Correlation& c : scenario_.correlations) check_correlation(c);
}

}  // namespace truce::scenario
