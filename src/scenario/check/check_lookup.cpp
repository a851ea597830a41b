#include <fmt/format.h>

#include "scenario/check/checker.hpp"

namespace truce::scenario {

namespace {

/// "a party"
std::string one(const EntityKind& kind) {
  const bool vowel = std::string_view("aeiou").find(kind.word.front()) != std::string_view::npos;
  return fmt::format("{} {}", vowel ? "an" : "a", kind.word);
}
std::string being(const EntityKind& kind) {
  return "is " + (kind.plural ? "the name of " + std::string(kind.word) : one(kind));
}
std::string expecting(const EntityKind& kind) {
  return kind.plural ? std::string(kind.word) + " are expected" : one(kind) + " is expected";
}

/// "write first.started or first.ended"
std::string choice_of_events(const std::string& name, const EntityKind& kind) {
  std::string text;
  for (const std::string_view event : kind.events) {
    text += fmt::format("{}{}.{}", text.empty() ? "write " : " or ", name, event);
  }
  return text;
}

}  // namespace

bool Checker::is(const EntityKind& kind, const std::string& name) const {
  const auto at = entities_.find(name);
  return at != entities_.end() && at->second.kind == &kind;
}

bool Checker::unread(std::string_view section) const {
  const Node* node = scenario_.document.find(section);
  return node != nullptr && !node->is_mapping() && !node->is_null();
}

bool Checker::refer(const EntityKind& kind, const Name& name) {
  if (name.text.empty()) return false;  // reported as missing
  const auto at = entities_.find(name.text);
  if (at == entities_.end()) {
    if (unread(kind.section)) return false;
    error(name, fmt::format("unknown {} {}", kind.word, shown(name.text)), {},
          did_you_mean(name.text, names_[&kind]));
    return false;
  }
  used_.insert(name.text);
  if (at->second.kind != &kind && !ambiguous_.contains(name.text)) {
    error(name, fmt::format("{} {}, where {}", shown(name.text), being(*at->second.kind),
                            expecting(kind)));
    return false;
  }
  return true;
}

void Checker::refer(Refers refers, const Name& name) {
  switch (refers) {
    case Refers::parameter:
      refer(Room<Parameter>::entity, name);
      return;
    case Refers::party:
      refer(Room<Party>::entity, name);
      return;
    case Refers::cohort:
      refer(Room<Cohort>::entity, name);
      return;
    case Refers::persons:
      refer_to_persons(name);
      return;
    case Refers::settable:
      return refer_to_level(name);
    case Refers::phase:
      refer(Room<Phase>::entity, name);
      return;
    case Refers::obligation:
      refer(Room<Obligation>::entity, name);
      return;
    case Refers::talks:
      refer(Room<Talks>::entity, name);
      return;
    case Refers::incident:
      refer(Room<Incident>::entity, name);
      return;
    case Refers::restrained:
      return refer_to_restrained(name);
    case Refers::event:
      return refer_to_event(name);
    case Refers::verification:
      if (refer_alone(verifiers_, name, "verification")) used_verifiers_.insert(name.text);
      return;
    case Refers::policy:
      if (refer_alone(policies_, name, "policy")) used_policies_.insert(name.text);
      return;
    case Refers::cause:
    case Refers::ending:
      return check_end(refers, name);
    case Refers::stream:
    case Refers::signal:
    case Refers::nothing:
      return;
  }
}

bool Checker::refer_alone(const NameSet& names, const Name& name, const char* what) {
  if (name.text.empty()) return false;
  if (names.contains(name.text)) return true;
  if (unread(&names == &verifiers_ ? "verification" : "responses")) return false;
  error(name, fmt::format("unknown {} {}", what, shown(name.text)), {},
        did_you_mean(name.text, names.all()));
  return false;
}

void Checker::refer_to_restrained(const Name& name) {
  if (is(Room<Party>::entity, name.text) || is(Room<Obligation>::entity, name.text)) {
    used_.insert(name.text);
    return;
  }
  if (name.text.empty()) return;
  if (const auto at = entities_.find(name.text); at != entities_.end()) {
    return error(name, fmt::format("{} {}, where a party or an obligation is expected",
                                   shown(name.text), being(*at->second.kind)));
  }
  std::vector<std::string> candidates = names_[&Room<Party>::entity];
  const auto& others = names_[&Room<Obligation>::entity];
  candidates.insert(candidates.end(), others.begin(), others.end());
  error(name, fmt::format("unknown party or obligation {}", shown(name.text)), {},
        did_you_mean(name.text, candidates));
}

void Checker::refer_to_level(const Name& name) {
  if (levels_.contains(name.text) || unread("levels") || unread("parties")) return;
  if (is(Room<Parameter>::entity, name.text)) {
    return error(name, fmt::format("the parameter '{}' cannot be set", name.text),
                 "parameters are fixed within a trial", "use a level");
  }
  const auto dot = name.text.find('.');
  const std::string owner = name.text.substr(0, dot);
  const auto at = entities_.find(owner);
  const char* const settable = "levels, attributes and trust can be set";
  if (at == entities_.end() ||
      (dot != std::string::npos && at->second.kind == &Room<Party>::entity)) {
    const bool trust = at != entities_.end() && name.text.substr(dot) == ".trust";
    return error(name, fmt::format("unknown level {}", shown(name.text)), settable,
                 trust ? fmt::format("give the party '{}' the key 'trust'", owner)
                       : did_you_mean(name.text, levels_.all()));
  }
  if (dot == std::string::npos) {
    return error(
        name,
        fmt::format("{} {}, where a level is expected", shown(name.text), being(*at->second.kind)),
        settable);
  }
  error(name, fmt::format("{} cannot be set", shown(name.text)), settable,
        at->second.kind == &Room<Cohort>::entity ? "use the effects 'release' and 'deaths'" : "");
}

void Checker::refer_to_event(const Name& name) {
  if (events_.contains(name.text)) {
    used_.insert(name.text);
    return;
  }
  const auto at = entities_.find(name.text.substr(0, name.text.find('.')));
  if (at != entities_.end() && at->first == name.text) {
    return error(name,
                 fmt::format("{} {}, not an event", shown(name.text), being(*at->second.kind)), {},
                 choice_of_events(name.text, *at->second.kind));
  }
  std::string suggestion = did_you_mean(name.text, events_.all());
  // A plain name that resembles nothing is a signal's, which are declared by raising them.
  if (suggestion.empty() && is_name(name.text)) {
    return warn(name, fmt::format("nothing raises the signal {}", shown(name.text)));
  }
  if (suggestion.empty() && at != entities_.end()) {
    suggestion = choice_of_events(at->first, *at->second.kind);
  }
  error(name, fmt::format("unknown event {}", shown(name.text)), {}, suggestion);
}

}  // namespace truce::scenario
