#include <fmt/format.h>

#include <algorithm>

#include "scenario/check/checker.hpp"

namespace truce::scenario {

namespace {

bool has_weight(const Obligation& o, Failure failure) {
  return std::ranges::any_of(o.otherwise, [&](const auto& w) { return w.first == failure; });
}

}  // namespace

std::string Checker::receiver_of(const Obligation& o) const {
  if (o.to) return o.to->text;
  for (const std::string& party : principals_) {
    if (party != o.by.text) return party;
  }
  return {};
}

void Checker::check_receiver(const Obligation& o) {
  if (o.to || !is(Room<Party>::entity, o.by.text)) return;
  const bool own = std::ranges::find(principals_, o.by.text) != principals_.end();
  if (principals_.size() != 2 || !own) {
    error(o.name, fmt::format("obligation '{}' lacks 'to'", o.name.text),
          "it may be left out only between two principals");
  }
}

void Checker::check_delivery(const Obligation& o) {
  if (o.release.has_value() == o.effects.has_value()) {
    error(o.name, fmt::format("obligation '{}' has {} 'release' {} 'effects'", o.name.text,
                              o.release ? "both" : "neither", o.release ? "and" : "nor"));
  }
  if (!o.release && o.singly) {
    error(o.name, fmt::format("obligation '{}' is 'singly', but releases nobody", o.name.text));
  }
}

void Checker::check_answer(const Obligation& o) {
  const std::string& name = o.name.text;
  const auto refuse = [&](const std::optional<Expression>& value, const std::string& problem,
                          const std::string& why = {}) {
    diagnostics_.error(value ? value->position : o.name.position,
                       fmt::format("obligation '{}' {}", name, problem), why);
  };
  if (o.against && o.due_position) {
    diagnostics_.error(*o.due_position,
                       fmt::format("obligation '{}' has both 'due' and 'against'", name));
  }
  if (!o.against) {
    const char* const why = "that belongs to an obligation that answers another";
    if (o.ratio) refuse(o.ratio, "has 'ratio' without 'against'", why);
    if (o.count) refuse(o.count, "has 'count' without 'against'", why);
    if (o.lag) refuse(o.lag, "has 'lag' without 'against'", why);
    if (o.upon) refuse({}, "has 'upon' without 'against'", why);
    return;
  }
  if (o.ratio && o.count) refuse(o.count, "has both 'ratio' and 'count'");
  if (o.effects && !o.release) {
    if (o.ratio) refuse(o.ratio, "has 'ratio', but releases nobody");
    if (o.count) refuse(o.count, "has 'count', but releases nobody");
  }
  const auto answered = obligations_.find(o.against->text);
  if (o.release && !o.count && answered != obligations_.end() && answered->second->effects) {
    error(o.name, fmt::format("obligation '{}' needs 'count'", name),
          fmt::format("'{}' releases nobody, so that a ratio answers nothing", o.against->text));
  }
}

void Checker::check_due(const Obligation& o) {
  for (const DueEntry& entry : o.due) {
    const auto refuse = [&](const std::string& problem) {
      diagnostics_.error(entry.position,
                         fmt::format("a due entry of '{}' {}", o.name.text, problem));
    };
    if (entry.day.has_value() == entry.every.has_value()) {
      refuse(entry.day ? "has both 'day' and 'every'" : "has neither 'day' nor 'every'");
    }
    if (!entry.every && (entry.from || entry.to)) refuse("has 'from' or 'to' without 'every'");
    const bool counted = entry.count || entry.rest;
    if (o.release && !counted) refuse("lacks 'count'");
    if (o.effects && !o.release && counted) refuse("has a count, but releases nobody");
  }
}

void Checker::check_failures(const Obligation& o) {
  using enum Failure;
  const std::string& name = o.name.text;
  const auto pair = [&](Failure failure, const char* weight, const char* key,
                        const std::optional<Expression>& value) {
    if (has_weight(o, failure) && !value) {
      error(o.name,
            fmt::format("obligation '{}' has a weight of '{}' without '{}'", name, weight, key));
    }
    if (!has_weight(o, failure) && value) {
      warn(o.name, fmt::format("obligation '{}' has '{}', but is never {}", name, key, weight),
           fmt::format("'otherwise' gives '{}' no weight", weight));
    }
  };
  pair(late, "late", "late_by", o.late_by);
  pair(partial, "partial", "partial_share", o.partial_share);
}

void Checker::check_obligations() {
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& o : phase.obligations) {
      check_receiver(o);
      check_delivery(o);
      check_answer(o);
      check_due(o);
      check_failures(o);
    }
  }
}

}  // namespace truce::scenario
