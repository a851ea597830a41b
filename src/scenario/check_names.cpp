#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "checker.hpp"
#include "visit.hpp"

namespace truce::scenario {

namespace {

bool well_formed(const std::string& name) {
  const auto letter = [](char c) {
    return std::isalpha(static_cast<unsigned char>(c)) || c == '_';
  };
  return !name.empty() && letter(name.front()) && std::ranges::all_of(name, [&](char c) {
    return letter(c) || std::isdigit(static_cast<unsigned char>(c));
  });
}

}  // namespace

void Checker::declare(EntityKind kind, const Name& name) {
  if (name.text.empty()) return;
  if (!well_formed(name.text)) {
    return error(name, fmt::format("'{}' is no name", name.text),
                 "names are letters, digits and '_', and begin with no digit");
  }
  if (std::ranges::find(reserved_words(), name.text) != reserved_words().end()) {
    return error(name, fmt::format("the name '{}' is a word of the language", name.text), {},
                 "choose another");
  }
  const auto [at, added] = entities_.emplace(name.text, kind);
  if (added) {
    positions_[name.text] = name.position;
  } else if (kind != EntityKind::signal || at->second != EntityKind::signal) {
    error(name, fmt::format("the name '{}' is used twice", name.text),
          fmt::format("first at line {}; names are unique in a scenario",
                      positions_[name.text].line));
  }
}

void Checker::declare_alone(std::unordered_set<std::string>& names, const Name& name,
                            const char* what) {
  if (!well_formed(name.text)) {
    error(name, fmt::format("'{}' is no name of a {}", name.text, what));
  }
  names.insert(name.text);
}

void Checker::collect_names() {
  const auto events = [&](const Name& of, std::initializer_list<const char*> names) {
    for (const char* name : names) events_.insert(of.text + name);
  };
  for (const Parameter& p : scenario_.parameters) declare(EntityKind::parameter, p.name);
  for (const Party& p : scenario_.parties) {
    declare(EntityKind::party, p.name);
    events(p.name, {".halted", ".resumed"});
    if (p.trust) levels_.insert(p.name.text + ".trust");
    for (const Level& attribute : p.attributes) {
      const std::string& text = attribute.name.text;
      if (!well_formed(text) || text == "suspended" || text == "halted" || text == "resumed") {
        error(attribute.name, fmt::format("'{}' is no name of an attribute", text));
      }
      levels_.insert(p.name.text + "." + text);
    }
  }
  for (const Cohort& c : scenario_.cohorts) {
    declare(EntityKind::cohort, c.name);
    events(c.name, {".death", ".release"});
  }
  for (const Level& l : scenario_.levels) {
    declare(EntityKind::level, l.name);
    levels_.insert(l.name.text);
  }
  for (const Verifier& v : scenario_.verifiers) declare_alone(verifiers_, v.name, "verification");
  for (const Policy& p : scenario_.policies) declare_alone(policies_, p.name, "policy");
  for (const Phase& p : scenario_.phases) {
    declare(EntityKind::phase, p.name);
    events(p.name, {".started", ".ended"});
    for (const Obligation& o : p.obligations) {
      declare(EntityKind::obligation, o.name);
      obligations_.emplace(o.name.text, &o);
      events(o.name, {".performed", ".fulfilled", ".breached", ".remedied"});
    }
  }
  for (const Talks& t : scenario_.talks) {
    declare(EntityKind::talks, t.name);
    events(t.name, {".opened", ".agreed", ".rejected", ".failed"});
  }
  for (const Incident& i : scenario_.incidents) {
    declare(EntityKind::incident, i.name);
    events(i.name, {".occurred"});
  }
  for (const Trigger& t : scenario_.triggers) {
    declare(EntityKind::trigger, t.name);
    events(t.name, {".fired"});
  }
  events({}, {"disputes.opened", "disputes.settled", "disputes.failed", "collapsed"});
  for_each_effect(scenario_, [&](const Effect& effect) {
    if (effect.kind != Effect::Kind::signal) return;
    declare(EntityKind::signal, effect.target);
    events_.insert(effect.target.text);
  });
  std::unordered_set<std::string> outcomes = {"ending",         "cause",  "duration",
                                              "days_suspended", "status", "trial"};
  for (const Outcome& outcome : scenario_.outcomes) {
    if (!well_formed(outcome.name.text)) {
      error(outcome.name, fmt::format("'{}' is no name of an outcome", outcome.name.text));
    } else if (!outcomes.insert(outcome.name.text).second) {
      error(outcome.name, fmt::format("the outcome '{}' is always measured", outcome.name.text), {},
            "choose another name");
    }
  }
}

}  // namespace truce::scenario
