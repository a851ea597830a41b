#include <fmt/format.h>

#include "checker.hpp"

namespace truce::scenario {

namespace {

struct KindText {
  std::string_view word, being, expecting;
  std::string_view section;  ///< its key of the file
  std::array<std::string_view, 4> events;
  std::size_t event_count;
};

// Events in the order of the language's page; a signal is an event by its plain name.
constexpr std::array<KindText, 10> texts = {{
    {"parameter", "is a parameter", "a parameter is expected", "parameters", {}, 0},
    {"party", "is a party", "a party is expected", "parties", {"halted", "resumed"}, 2},
    {"cohort", "is a cohort", "a cohort is expected", "cohorts", {"death", "release"}, 2},
    {"level", "is a level", "a level is expected", "levels", {}, 0},
    {"phase", "is a phase", "a phase is expected", "phases", {"started", "ended"}, 2},
    {"obligation",
     "is an obligation",
     "an obligation is expected",
     "phases",
     {"performed", "fulfilled", "breached", "remedied"},
     4},
    {"talks",
     "is the name of talks",
     "talks are expected",
     "talks",
     {"opened", "agreed", "rejected", "failed"},
     4},
    {"incident", "is an incident", "an incident is expected", "incidents", {"occurred"}, 1},
    {"trigger", "is a trigger", "a trigger is expected", "triggers", {"fired"}, 1},
    {"signal", "is a signal", "a signal is expected", "", {""}, 1},
}};

const KindText& text_of(EntityKind kind) {
  return texts[static_cast<std::size_t>(kind)];
}

/// "write first.started or first.ended"
std::string choice_of_events(const std::string& name, EntityKind kind) {
  std::string text;
  for (const std::string_view event : events_of(kind)) {
    text += fmt::format("{}{}.{}", text.empty() ? "write " : " or ", name, event);
  }
  return text;
}

}  // namespace

std::span<const std::string_view> events_of(EntityKind kind) {
  return {text_of(kind).events.data(), text_of(kind).event_count};
}
std::string_view word_for(EntityKind kind) {
  return text_of(kind).word;
}
std::string_view being(EntityKind kind) {
  return text_of(kind).being;
}
std::string_view expecting(EntityKind kind) {
  return text_of(kind).expecting;
}

bool Checker::is(EntityKind kind, const std::string& name) const {
  const auto at = entities_.find(name);
  return at != entities_.end() && at->second.kind == kind;
}

bool Checker::unread(std::string_view section) const {
  const Node* node = scenario_.document.find(section);
  return node != nullptr && !node->is_mapping() && !node->is_null();
}

bool Checker::refer(EntityKind kind, const Name& name) {
  if (name.text.empty()) return false;  // reported as missing
  const auto at = entities_.find(name.text);
  if (at == entities_.end()) {
    if (unread(text_of(kind).section)) return false;
    error(name, fmt::format("unknown {} {}", word_for(kind), shown(name.text)), {},
          did_you_mean(name.text, names_[static_cast<std::size_t>(kind)]));
    return false;
  }
  used_.insert(name.text);
  if (at->second.kind != kind && !ambiguous_.contains(name.text)) {
    error(name, fmt::format("{} {}, where {}", shown(name.text), being(at->second.kind),
                            expecting(kind)));
    return false;
  }
  return true;
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
  if (is(EntityKind::party, name.text) || is(EntityKind::obligation, name.text)) {
    used_.insert(name.text);
    return;
  }
  if (name.text.empty()) return;
  if (const auto at = entities_.find(name.text); at != entities_.end()) {
    return error(name, fmt::format("{} {}, where a party or an obligation is expected",
                                   shown(name.text), being(at->second.kind)));
  }
  std::vector<std::string> candidates = names_[static_cast<std::size_t>(EntityKind::party)];
  const auto& others = names_[static_cast<std::size_t>(EntityKind::obligation)];
  candidates.insert(candidates.end(), others.begin(), others.end());
  error(name, fmt::format("unknown party or obligation {}", shown(name.text)), {},
        did_you_mean(name.text, candidates));
}

void Checker::refer_to_level(const Name& name) {
  if (levels_.contains(name.text) || unread("levels") || unread("parties")) return;
  if (is(EntityKind::parameter, name.text)) {
    return error(name, fmt::format("the parameter '{}' cannot be set", name.text),
                 "parameters are fixed within a trial", "use a level");
  }
  const auto dot = name.text.find('.');
  const std::string owner = name.text.substr(0, dot);
  const auto at = entities_.find(owner);
  const char* const settable = "levels, attributes and trust can be set";
  if (at == entities_.end() || (dot != std::string::npos && at->second.kind == EntityKind::party)) {
    const bool trust = at != entities_.end() && name.text.substr(dot) == ".trust";
    return error(name, fmt::format("unknown level {}", shown(name.text)), settable,
                 trust ? fmt::format("give the party '{}' the key 'trust'", owner)
                       : did_you_mean(name.text, levels_.all()));
  }
  if (dot == std::string::npos) {
    return error(
        name,
        fmt::format("{} {}, where a level is expected", shown(name.text), being(at->second.kind)),
        settable);
  }
  error(name, fmt::format("{} cannot be set", shown(name.text)), settable,
        at->second.kind == EntityKind::cohort ? "use the effects 'release' and 'deaths'" : "");
}

void Checker::check_event(const Name& name) {
  if (events_.contains(name.text)) {
    used_.insert(name.text);
    return;
  }
  const auto at = entities_.find(name.text.substr(0, name.text.find('.')));
  if (at != entities_.end() && at->first == name.text) {
    return error(name, fmt::format("{} {}, not an event", shown(name.text), being(at->second.kind)),
                 {}, choice_of_events(name.text, at->second.kind));
  }
  std::string suggestion = did_you_mean(name.text, events_.all());
  // A plain name that resembles nothing is a signal's, which are declared by raising them.
  if (suggestion.empty() && is_name(name.text)) {
    return warn(name, fmt::format("nothing raises the signal {}", shown(name.text)));
  }
  if (suggestion.empty() && at != entities_.end()) {
    suggestion = choice_of_events(at->first, at->second.kind);
  }
  error(name, fmt::format("unknown event {}", shown(name.text)), {}, suggestion);
}

}  // namespace truce::scenario
