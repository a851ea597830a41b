#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "checker.hpp"
#include "visit.hpp"

namespace truce::scenario {

namespace {

constexpr std::array<const char*, 10> kind_names = {"parameter", "party",      "cohort", "level",
                                                    "phase",     "obligation", "talks",  "incident",
                                                    "trigger",   "signal"};

const char* name_of(EntityKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

std::vector<std::string> sorted(const std::unordered_set<std::string>& names) {
  std::vector<std::string> all(names.begin(), names.end());
  std::ranges::sort(all);
  return all;
}

}  // namespace

std::vector<std::string> Checker::names_of(EntityKind kind) const {
  std::vector<std::string> names;
  for (const auto& [name, of] : entities_) {
    if (of == kind) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

bool Checker::refer(EntityKind kind, const Name& name) {
  if (name.text.empty()) return false;  // reported as missing
  const auto at = entities_.find(name.text);
  if (at != entities_.end() && at->second == kind) {
    used_.insert(name.text);
    return true;
  }
  if (at != entities_.end()) {
    error(name, fmt::format("'{}' is a {}, where a {} is expected", name.text, name_of(at->second),
                            name_of(kind)));
  } else {
    error(name, fmt::format("unknown {} '{}'", name_of(kind), name.text), {},
          did_you_mean(name.text, names_of(kind)));
  }
  return false;
}

bool Checker::refer_alone(const std::unordered_set<std::string>& names, const Name& name,
                          const char* what) {
  if (names.contains(name.text)) {
    used_.insert(std::string(what) + " " + name.text);
    return true;
  }
  error(name, fmt::format("unknown {} '{}'", what, name.text), {},
        did_you_mean(name.text, sorted(names)));
  return false;
}

void Checker::refer_to_level(const Name& name) {
  if (levels_.contains(name.text)) return;
  const auto at = entities_.find(name.text);
  if (at != entities_.end() && at->second == EntityKind::parameter) {
    return error(name, fmt::format("the parameter '{}' cannot be set", name.text),
                 "parameters are fixed within a trial", "use a level");
  }
  error(name, fmt::format("unknown level '{}'", name.text),
        "levels, attributes and trust can be set", did_you_mean(name.text, sorted(levels_)));
}

void Checker::check_event(const Name& name) {
  if (events_.contains(name.text)) {
    used_.insert(name.text);
    return;
  }
  const auto at = entities_.find(name.text);
  if (at != entities_.end()) {
    return error(name, fmt::format("'{}' is a {}, not an event", name.text, name_of(at->second)),
                 {}, did_you_mean(name.text + ".", sorted(events_)));
  }
  error(name, fmt::format("unknown event '{}'", name.text), {},
        did_you_mean(name.text, sorted(events_)));
}

void Checker::check_effect(const Effect& effect) {
  const auto each = [&](EntityKind kind) {
    for (const auto& [name, value] : effect.assignments) {
      Name plain = name;
      if (kind == EntityKind::cohort && effect.kind == Effect::Kind::release &&
          plain.text.ends_with(".remains")) {
        plain.text.resize(plain.text.size() - std::string_view(".remains").size());
      }
      refer(kind, plain);
    }
  };
  switch (effect.kind) {
    case Effect::Kind::set:
    case Effect::Kind::add:
      for (const auto& [name, value] : effect.assignments) refer_to_level(name);
      return;
    case Effect::Kind::release:
    case Effect::Kind::deaths:
      return each(EntityKind::cohort);
    case Effect::Kind::due:
    case Effect::Kind::credit:
      return each(EntityKind::obligation);
    case Effect::Kind::open:
      refer(EntityKind::talks, effect.target);
      return;
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
    case Effect::Kind::resume: {
      const auto at = entities_.find(effect.target.text);
      const bool is_party = at != entities_.end() && at->second == EntityKind::party;
      refer(is_party ? EntityKind::party : EntityKind::obligation, effect.target);
      return;
    }
    case Effect::Kind::collapse:
    case Effect::Kind::end:
    case Effect::Kind::signal:
    case Effect::Kind::extend:
      return;
  }
}

void Checker::check_obligation_references(const Obligation& o) {
  refer(EntityKind::party, o.by);
  if (o.to) refer(EntityKind::party, *o.to);
  if (o.release) {
    Name cohort = *o.release;
    const auto dot = cohort.text.find('.');
    if (dot != std::string::npos && cohort.text.substr(dot) != ".remains") {
      error(cohort, fmt::format("'{}' cannot be released", cohort.text), {},
            "write COHORT or COHORT.remains");
      return;
    }
    cohort.text.resize(std::min(dot, cohort.text.size()));
    if (refer(EntityKind::cohort, cohort)) {
      for (const Cohort& c : scenario_.cohorts) {
        if (c.name.text == cohort.text && c.held_by.text != o.by.text) {
          error(*o.release, fmt::format("'{}' does not hold '{}'", o.by.text, cohort.text),
                fmt::format("it is held by '{}'", c.held_by.text));
        }
      }
    }
  }
  if (o.against) refer(EntityKind::obligation, *o.against);
  if (o.verified_by) refer_alone(verifiers_, *o.verified_by, "verification");
  if (o.breach) refer_alone(policies_, *o.breach, "policy");
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
  for (const Incident& i : scenario_.incidents) {
    if (i.by) refer(EntityKind::party, *i.by);
    if (i.to) refer(EntityKind::party, *i.to);
    if (i.breach) {
      refer_alone(policies_, *i.breach, "policy");
      if (!i.by || !i.to) {
        error(*i.breach,
              fmt::format("the incident '{}' has a policy, but lacks 'by' or 'to'", i.name.text),
              "nobody is there to respond");
      }
    }
  }
  for (const Trigger& t : scenario_.triggers) {
    for (const Name& event : t.upon) check_event(event);
  }
  for (const Correlation& c : scenario_.correlations) {
    for (const Name& name : {c.first, c.second}) {
      if (!refer(EntityKind::parameter, name)) continue;
      for (const Parameter& p : scenario_.parameters) {
        if (p.name.text == name.text && !p.prior) {
          error(name, fmt::format("the parameter '{}' has no prior to correlate", name.text));
        }
      }
    }
  }
  for_each_effect(scenario_, [&](const Effect& effect) { check_effect(effect); });
}

}  // namespace truce::scenario
