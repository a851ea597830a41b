#include <fmt/format.h>

#include <algorithm>

#include "scenario/check/checker.hpp"
#include "scenario/constructs/walk.hpp"
#include "scenario/text/letters.hpp"

namespace truce::scenario {

namespace {

std::unordered_set<std::string> all_reserved() {
  std::unordered_set<std::string> all(reserved_words().begin(), reserved_words().end());
  // No words of expressions, but owners of random streams: `begin.do.1`.
  all.insert({"begin", "mediation"});
  return all;
}

std::string place_of(const Position& position, const Position& seen_from) {
  const bool same = !position.file || !seen_from.file || *position.file == *seen_from.file;
  return same ? fmt::format("at line {}", position.line)
              : fmt::format("at {}:{}", *position.file, position.line);
}

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && starts_name(text.front()) && std::ranges::all_of(text, continues_name);
}

void Checker::declare(const EntityKind& kind, const Name& name) {
  static const std::unordered_set<std::string> reserved = all_reserved();
  if (name.text.empty() && &kind == &signal_kind) return;  // reported as missing
  // A name that cannot be had still names the entity in what refers to it.
  if (!is_name(name.text)) {
    error(name, fmt::format("{} is no name", shown(name.text)),
          "names are letters, digits and '_', and begin with no digit");
  } else if (reserved.contains(name.text)) {
    error(name, fmt::format("the name '{}' is a word of the language", name.text), {},
          "choose another");
  }
  const auto [at, added] = entities_.try_emplace(name.text, Entity{&kind, name.position});
  if (added) {
    names_[&kind].push_back(name.text);
  } else if (&kind != &signal_kind || at->second.kind != &signal_kind) {
    error(name, fmt::format("the name {} is used twice", shown(name.text)),
          fmt::format("first {}; names are unique in a scenario",
                      place_of(at->second.position, name.position)));
    ambiguous_.insert(name.text);
  }
  for (const std::string_view event : kind.events) {
    events_.insert(name.text + (event.empty() ? "" : ".") + std::string(event));
  }
}

void Checker::declare_alone(NameSet& names, const Name& name, const char* what) {
  if (!is_name(name.text)) {
    error(name, fmt::format("{} is no name of a {}", shown(name.text), what));
  }
  names.insert(name.text);
}

void Checker::note_party(const Party& party) {
  if (party.role == Role::principal) principals_.push_back(party.name.text);
  if (party.trust) levels_.insert(party.name.text + ".trust");
  for (const Level& attribute : party.attributes) {
    const std::string& text = attribute.name.text;
    if (!is_name(text) || text == "suspended" || text == "halted" || text == "resumed") {
      error(attribute.name, fmt::format("{} is no name of an attribute", shown(text)),
            is_name(text) ? "every party has it" : "");
    }
    levels_.insert(party.name.text + "." + text);
  }
}

void Checker::collect_names() {
  for (const Name& list : scenario_.lists) declare(list_kind, list);
  for_each_entity(scenario_,
                  [&](const EntityKind& kind, const Name& name) { declare(kind, name); });
  for (const Parameter& p : scenario_.parameters) parameters_.emplace(p.name.text, &p);
  for (const Party& p : scenario_.parties) note_party(p);
  for (const Cohort& c : scenario_.cohorts) cohorts_.emplace(c.name.text, &c);
  for (const Level& l : scenario_.levels) levels_.insert(l.name.text);
  for (const Verifier& v : scenario_.verifiers) declare_alone(verifiers_, v.name, "verification");
  for (const Policy& p : scenario_.policies) {
    declare_alone(policies_, p.name, "policy");
    policy_of_.emplace(p.name.text, &p);
  }
  for (const Phase& p : scenario_.phases) {
    for (const Obligation& o : p.obligations) obligations_.emplace(o.name.text, &o);
  }
  for (const Incident& i : scenario_.incidents) incidents_.emplace(i.name.text, &i);
  for (const char* name : {"disputes.opened", "disputes.settled", "disputes.failed", "collapsed"}) {
    events_.insert(name);
  }
  for_each_effect(scenario_, [&](const Effect& effect) {
    if (effect.kind == model::EffectKind::signal) declare(signal_kind, effect.target);
  });
}

void Checker::check_measures() {
  std::unordered_set<std::string> outcomes = {"ending",         "cause",  "duration",
                                              "days_suspended", "status", "trial"};
  for (const Outcome& outcome : scenario_.outcomes) {
    if (!is_name(outcome.name.text)) {
      error(outcome.name, fmt::format("{} is no name of an outcome", shown(outcome.name.text)));
    } else if (!outcomes.insert(outcome.name.text).second) {
      error(outcome.name, fmt::format("the outcome '{}' is always measured", outcome.name.text), {},
            "choose another name");
    }
  }
  std::unordered_set<std::string> timelines;
  for (const Timeline& timeline : scenario_.timelines) {
    if (!timelines.insert(timeline.name.text).second) {
      error(timeline.name, fmt::format("the timeline {} stands twice", shown(timeline.name.text)));
    }
  }
}

}  // namespace truce::scenario
