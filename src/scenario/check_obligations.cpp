#include <fmt/format.h>

#include <algorithm>

#include "checker.hpp"

namespace truce::scenario {

const Obligation* Checker::obligation(const std::string& name) const {
  const auto at = obligations_.find(name);
  return at == obligations_.end() ? nullptr : at->second;
}

std::string Checker::receiver_of(const Obligation& o) const {
  if (o.to) return o.to->text;
  for (const Party& party : scenario_.parties) {
    if (party.role == Role::principal && party.name.text != o.by.text) return party.name.text;
  }
  return {};
}

void Checker::check_receiver(const Obligation& o) {
  if (o.to) return;
  std::size_t principals = 0;
  bool own = false;
  for (const Party& party : scenario_.parties) {
    if (party.role != Role::principal) continue;
    ++principals;
    own = own || party.name.text == o.by.text;
  }
  if (principals != 2 || !own) {
    error(o.name, fmt::format("obligation '{}' lacks 'to'", o.name.text),
          "it may be left out only between two principals");
  }
}

void Checker::check_obligation(const Obligation& o) {
  const std::string& name = o.name.text;
  const auto refuse = [&](const std::string& problem, const std::string& why = {}) {
    error(o.name, fmt::format("obligation '{}' {}", name, problem), why);
  };
  check_receiver(o);
  if (o.release.has_value() == o.effects.has_value()) {
    refuse(o.release ? "has both 'release' and 'effects'" : "has neither 'release' nor 'effects'");
  }
  if (o.against && o.due_position) refuse("has both 'due' and 'against'");
  const bool answering = o.ratio || o.count || o.upon || o.lag;
  if (!o.against && answering) {
    refuse("has 'ratio', 'count', 'upon' or 'lag' without 'against'");
  }
  if (o.ratio && o.count) refuse("has both 'ratio' and 'count'");
  if (!o.release) {
    if (o.singly) refuse("is 'singly', but releases nobody");
    if (o.ratio || o.count) refuse("has a count, but releases nobody");
  }
  if (o.release && o.against && !o.count) {
    const Obligation* answered = obligation(o.against->text);
    if (answered != nullptr && !answered->release) {
      refuse("needs 'count'", fmt::format("'{}' releases nobody, so that a ratio answers nothing",
                                          answered->name.text));
    }
  }
  for (const DueEntry& entry : o.due) {
    const auto at_entry = [&](const std::string& problem) {
      diagnostics_.error(entry.position, fmt::format("a due entry of '{}' {}", name, problem));
    };
    if (entry.day.has_value() == entry.every.has_value()) {
      at_entry(entry.day ? "has both 'day' and 'every'" : "has neither 'day' nor 'every'");
    }
    if (!entry.every && (entry.from || entry.to)) at_entry("has 'from' or 'to' without 'every'");
    const bool counted = entry.count || entry.rest;
    if (o.release && !counted) at_entry("lacks 'count'");
    if (o.effects && counted) at_entry("has a count, but releases nobody");
  }
  const auto weight = [&](Obligation::Failure failure) {
    return std::ranges::find(o.otherwise, failure, [](const auto& w) { return w.first; }) !=
           o.otherwise.end();
  };
  if (weight(Obligation::Failure::late) && !o.late_by) {
    refuse("has a weight of 'late' without 'late_by'");
  }
  if (weight(Obligation::Failure::partial) && !o.partial_share) {
    refuse("has a weight of 'partial' without 'partial_share'");
  }
  if (!weight(Obligation::Failure::late) && o.late_by) {
    diagnostics_.warning(o.name.position,
                         fmt::format("obligation '{}' has 'late_by', but is never late", name),
                         "'otherwise' gives 'late' no weight");
  }
  if (!weight(Obligation::Failure::partial) && o.partial_share) {
    diagnostics_.warning(
        o.name.position,
        fmt::format("obligation '{}' has 'partial_share', but is never partial", name),
        "'otherwise' gives 'partial' no weight");
  }
}

void Checker::check_cycles() {
  std::unordered_set<std::string> cleared;
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& start : phase.obligations) {
      std::vector<std::string> chain;
      const Obligation* at = &start;
      while (at != nullptr && !cleared.contains(at->name.text)) {
        const auto before = std::ranges::find(chain, at->name.text);
        if (before != chain.end()) {
          const std::vector<std::string> cycle(before, chain.end());
          error(*at->against,
                fmt::format("obligations answer each other in a cycle: {} against {}",
                            fmt::join(cycle, " against "), at->name.text),
                "none of them would ever fall due");
          break;
        }
        chain.push_back(at->name.text);
        at = at->against ? obligation(at->against->text) : nullptr;
      }
      cleared.insert(chain.begin(), chain.end());
    }
  }
}

void Checker::check_obligations() {
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& o : phase.obligations) check_obligation(o);
  }
  check_cycles();
  for (const Cohort& c : scenario_.cohorts) {
    if (c.held && c.remains) {
      error(c.name, fmt::format("cohort '{}' has both 'held' and 'remains'", c.name.text),
            "with 'held', those not living are remains");
    }
    if (!c.living && !c.held && !c.remains) {
      error(c.name, fmt::format("cohort '{}' has nobody", c.name.text), {},
            "give it 'living', 'remains' or 'held'");
    }
  }
}

}  // namespace truce::scenario
