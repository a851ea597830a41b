#include <fmt/format.h>

#include "checker.hpp"
#include "visit.hpp"

namespace truce::scenario {

void Checker::check_effect(const Effect& effect) {
  const auto each = [&](EntityKind kind) {
    for (const auto& [name, value] : effect.assignments) refer(kind, name);
  };
  switch (effect.kind) {
    case Effect::Kind::set:
    case Effect::Kind::add:
      for (const auto& [name, value] : effect.assignments) refer_to_level(name);
      return;
    case Effect::Kind::release:
      for (const auto& [name, value] : effect.assignments) refer_to_persons(name);
      return;
    case Effect::Kind::deaths:
      return each(EntityKind::cohort);
    case Effect::Kind::due:
      return each(EntityKind::obligation);
    case Effect::Kind::credit:
      for (const auto& [name, value] : effect.assignments) {
        if (!refer(EntityKind::obligation, name) || !obligations_.contains(name.text)) continue;
        if (obligations_.at(name.text)->effects) {
          warn(name, fmt::format("'{}' releases nobody", name.text), "credit counts persons");
        }
      }
      return;
    case Effect::Kind::open:
    case Effect::Kind::close:
      refer(EntityKind::talks, effect.target);
      return;
    case Effect::Kind::advance:
      refer(EntityKind::phase, effect.target);
      return;
    case Effect::Kind::incident:
      refer(EntityKind::incident, effect.target);
      return;
    case Effect::Kind::suspend:
      refer(EntityKind::party, effect.target);
      return;
    case Effect::Kind::hold:
      refer(EntityKind::obligation, effect.target);
      return;
    case Effect::Kind::resume:
      refer_to_restrained(effect.target);
      return;
    case Effect::Kind::collapse:
    case Effect::Kind::end: {
      const bool ends = effect.kind == Effect::Kind::end;
      const std::string& text = effect.target.text;
      if (!text.empty() && !is_name(text)) {
        error(effect.target, fmt::format("{} is no name of {}", shown(text),
                                         ends ? "an ending" : "a cause of collapse"));
      } else if (!ends && text == "none") {
        error(effect.target, "'none' is no cause of collapse",
              "it stands for trials without a collapse", "choose another name");
      }
      return;
    }
    case Effect::Kind::signal:
    case Effect::Kind::extend:
      return;
  }
}

bool Checker::refer_to_persons(const Name& name) {
  const auto dot = name.text.find('.');
  if (dot != std::string::npos && name.text.substr(dot) != ".remains") {
    error(name, fmt::format("{} cannot be released", shown(name.text)), {},
          "write COHORT or COHORT.remains");
    return false;
  }
  return refer(EntityKind::cohort, {name.text.substr(0, dot), name.position});
}

void Checker::check_release(const Obligation& o) {
  if (!o.release || !refer_to_persons(*o.release)) return;
  const std::string cohort = o.release->text.substr(0, o.release->text.find('.'));
  const auto held = cohorts_.find(cohort);
  if (held == cohorts_.end()) return;
  const std::string& holder = held->second->held_by.text;
  if (holder != o.by.text && is(EntityKind::party, holder) && is(EntityKind::party, o.by.text)) {
    error(*o.release, fmt::format("'{}' does not hold '{}'", o.by.text, cohort),
          fmt::format("it is held by '{}'", holder));
  }
}

void Checker::check_obligation_references(const Obligation& o) {
  refer(EntityKind::party, o.by);
  if (o.to) refer(EntityKind::party, *o.to);
  check_release(o);
  if (o.against) refer(EntityKind::obligation, *o.against);
  if (o.verified_by && refer_alone(verifiers_, *o.verified_by, "verification")) {
    used_verifiers_.insert(o.verified_by->text);
  }
  if (o.breach && refer_alone(policies_, *o.breach, "policy")) {
    used_policies_.insert(o.breach->text);
  }
}

void Checker::check_incident_references(const Incident& i) {
  if (i.by) refer(EntityKind::party, *i.by);
  if (i.to) refer(EntityKind::party, *i.to);
  if (!i.breach) return;
  if (refer_alone(policies_, *i.breach, "policy")) used_policies_.insert(i.breach->text);
  if (!i.by || !i.to) {
    error(*i.breach,
          fmt::format("the incident '{}' has a policy, but lacks {}", i.name.text,
                      i.by   ? "'to'"
                      : i.to ? "'by'"
                             : "'by' and 'to'"),
          "without both there is no trust and no policy");
  }
}

void Checker::check_correlation(const Correlation& c) {
  for (const Name& name : {c.first, c.second}) {
    if (!refer(EntityKind::parameter, name)) continue;
    const auto parameter = parameters_.find(name.text);
    if (parameter != parameters_.end() && !parameter->second->prior) {
      error(name, fmt::format("the parameter '{}' has no prior to correlate", name.text));
    }
  }
}

void Checker::check_references() {
  for (const Cohort& c : scenario_.cohorts) refer(EntityKind::party, c.held_by);
  for (const Policy& policy : scenario_.policies) {
    for (const Response& response : policy.responses) {
      if (response.incident) refer(EntityKind::incident, *response.incident);
      for (const auto& [party, name] : response.incident_of) {
        refer(EntityKind::party, party);
        refer(EntityKind::incident, name);
      }
    }
  }
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& o : phase.obligations) check_obligation_references(o);
  }
  for (const Talks& talks : scenario_.talks) {
    for (const auto& [party, probability] : talks.ratify) refer(EntityKind::party, party);
  }
  for (const Incident& i : scenario_.incidents) check_incident_references(i);
  for (const Trigger& t : scenario_.triggers) {
    std::unordered_set<std::string> events;
    for (const Name& event : t.upon) {
      check_event(event);
      if (!events.insert(event.text).second) {
        error(event, fmt::format("the event {} stands twice in the trigger '{}'", shown(event.text),
                                 t.name.text));
      }
    }
  }
  for (const Correlation& c : scenario_.correlations) check_correlation(c);
  for_each_effect(scenario_, [&](const Effect& effect) { check_effect(effect); });
}

}  // namespace truce::scenario
