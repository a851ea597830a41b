#include <fmt/format.h>

#include <algorithm>

#include "checker.hpp"
#include "visit.hpp"

namespace truce::scenario {

void Checker::check_reach() {
  const auto& phases = scenario_.phases;
  std::unordered_set<std::string> reached;
  // An `advance` anywhere counts: whether its trigger can fire is beyond a check.
  for_each_effect(scenario_, [&](const Effect& effect) {
    if (effect.kind == Effect::Kind::advance) reached.insert(effect.target.text);
  });
  for (std::size_t i = 0; i < phases.size(); ++i) {
    const bool first = i == 0 && !scenario_.begin;
    bool by_default = false;
    if (i > 0 && reached.contains(phases[i - 1].name.text)) {
      const auto& rules = phases[i - 1].then;
      by_default = !rules || std::ranges::none_of(*rules, [](const Rule& rule) {
        return !rule.condition && !rule.chance;
      });
    }
    if (first || by_default) reached.insert(phases[i].name.text);
    if (!reached.contains(phases[i].name.text)) {
      error(phases[i].name, fmt::format("nothing reaches the phase '{}'", phases[i].name.text),
            i == 0 ? "'begin' does not advance to it"
                   : "no effect advances to it, and the phase before it never ends by default");
    }
  }
}

void Checker::use(const Expression& e) {
  if (e.kind == Expression::Kind::name) {
    used_.insert(e.text);
    used_.insert(e.text.substr(0, e.text.find('.')));
  }
  for (const Expression& child : e.children) use(child);
  for (const Expression::Argument& argument : e.arguments) {
    use(argument.value);
    for (const Expression& weight : argument.weight) use(weight);
  }
}

void Checker::check_unused() {
  for_each_expression(scenario_, [&](const Expression& e) { use(e); });
  std::unordered_set<std::string> opened;
  std::unordered_set<std::string> due;
  for_each_effect(scenario_, [&](const Effect& effect) {
    if (effect.kind == Effect::Kind::open) opened.insert(effect.target.text);
    if (effect.kind == Effect::Kind::due) {
      for (const auto& [name, value] : effect.assignments) due.insert(name.text);
    }
  });
  const auto warn = [&](const Name& name, const char* what, const char* why) {
    diagnostics_.warning(name.position, fmt::format("{} '{}' {}", what, name.text, why));
  };
  const auto unused = [&](const Name& name) { return !used_.contains(name.text); };
  for (const Parameter& p : scenario_.parameters) {
    if (unused(p.name)) warn(p.name, "parameter", "is not used");
  }
  for (const Cohort& c : scenario_.cohorts) {
    if (unused(c.name)) warn(c.name, "cohort", "is not used");
  }
  for (const Level& l : scenario_.levels) {
    if (unused(l.name)) warn(l.name, "level", "is never read");
  }
  for (const Verifier& v : scenario_.verifiers) {
    if (!used_.contains("verification " + v.name.text)) {
      warn(v.name, "verification", "is not used");
    }
  }
  for (const Policy& p : scenario_.policies) {
    if (!used_.contains("policy " + p.name.text)) warn(p.name, "policy", "is not used");
  }
  for (const Talks& t : scenario_.talks) {
    if (!opened.contains(t.name.text)) warn(t.name, "talks", "are never opened");
  }
  for (const Incident& i : scenario_.incidents) {
    if (!i.rate && unused(i.name)) warn(i.name, "incident", "has no rate, and nothing raises it");
  }
  std::unordered_set<std::string> signals;
  for_each_effect(scenario_, [&](const Effect& effect) {
    if (effect.kind == Effect::Kind::signal && unused(effect.target) &&
        signals.insert(effect.target.text).second) {
      warn(effect.target, "signal", "is heard by nothing");
    }
  });
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& o : phase.obligations) {
      if (!o.against && o.due.empty() && !due.contains(o.name.text)) {
        warn(o.name, "obligation", "never falls due");
      }
    }
  }
}

}  // namespace truce::scenario
