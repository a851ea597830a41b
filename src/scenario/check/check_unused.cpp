#include <fmt/format.h>

#include <algorithm>

#include "scenario/check/checker.hpp"
#include "scenario/constructs/walk.hpp"

namespace truce::scenario {

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
  for_each_entity(scenario_, [&](const EntityKind& kind, const Name& name) {
    if (kind.unused.empty() || used_.contains(name.text)) return;
    warn(name, fmt::format("{} '{}' {}", kind.word, name.text, kind.unused));
  });
  check_unused_attributes();
  check_idle_parties();
  check_unused_rules();
  check_unused_processes();
}

void Checker::check_unused_rules() {
  for (const Verifier& v : scenario_.verifiers) {
    if (!used_verifiers_.contains(v.name.text)) {
      warn(v.name, fmt::format("verification '{}' is not used", v.name.text));
    }
  }
  for (const Policy& p : scenario_.policies) {
    if (!used_policies_.contains(p.name.text)) {
      warn(p.name, fmt::format("policy '{}' is not used", p.name.text));
    }
  }
  const bool disputes = std::ranges::any_of(scenario_.policies, [](const Policy& policy) {
    return std::ranges::any_of(policy.responses, [](const Response& response) {
      return response.kind == model::ResponseKind::dispute;
    });
  });
  if (scenario_.mediation && !disputes) {
    diagnostics_.warning(scenario_.mediation->position, "the mediation is not used",
                         "no policy disputes");
  }
}

void Checker::check_unused_attributes() {
  for (const Party& party : scenario_.parties) {
    for (const Level& attribute : party.attributes) {
      const std::string name = party.name.text + "." + attribute.name.text;
      if (!used_.contains(name)) {
        warn(attribute.name, fmt::format("attribute '{}' is never read", name));
      }
    }
  }
}

// Parties mediate and check in sections that do not name them.
void Checker::check_idle_parties() {
  for (const Party& party : scenario_.parties) {
    const std::string& name = party.name.text;
    const bool mediates = party.role == Role::mediator && scenario_.mediation;
    const bool checks = party.role == Role::monitor && !scenario_.verifiers.empty();
    if (mediates || checks || used_.contains(name) || verifiers_.contains(name)) continue;
    if (party.role == Role::principal) continue;  // a side is one whatever it does
    warn(party.name, fmt::format("party '{}' is not used", name),
         "it owes, holds, checks and does nothing, and nothing reads it");
  }
}

void Checker::check_unused_processes() {
  std::unordered_set<std::string> opened;
  std::unordered_set<std::string> raised;
  std::unordered_set<std::string> due;
  std::unordered_set<std::string> signals;
  for_each_effect(scenario_, [&](const Effect& effect) {
    const std::string& target = effect.target.text;
    if (effect.kind == model::EffectKind::open) opened.insert(target);
    if (effect.kind == model::EffectKind::incident) raised.insert(target);
    if (effect.kind == model::EffectKind::due) {
      for (const auto& [name, value] : effect.assignments) due.insert(name.text);
    }
    if (effect.kind == model::EffectKind::signal && !used_.contains(target) &&
        signals.insert(target).second && !target.empty()) {
      warn(effect.target, fmt::format("signal '{}' is heard by nothing", target));
    }
  });
  for (const Policy& policy : scenario_.policies) {
    for (const Response& response : policy.responses) {
      if (response.incident.any) raised.insert(response.incident.any->text);
      for (const auto& [party, name] : response.incident.of) raised.insert(name.text);
    }
  }
  for (const Phase& phase : scenario_.phases) {
    for (const Obligation& o : phase.obligations) {
      if (!o.against && o.due.empty() && !due.contains(o.name.text)) {
        warn(o.name, fmt::format("obligation '{}' never falls due", o.name.text));
      }
      if (!o.otherwise.empty() && !o.comply) {
        warn(o.name,
             fmt::format("obligation '{}' has 'otherwise', but always complies", o.name.text),
             "'comply' is 1 where it is not given");
      }
    }
  }
  for (const Talks& t : scenario_.talks) {
    if (!opened.contains(t.name.text)) {
      warn(t.name, fmt::format("talks '{}' are never opened", t.name.text));
    }
  }
  for (const Incident& i : scenario_.incidents) {
    if (i.rate) continue;
    if (!raised.contains(i.name.text)) {
      warn(i.name, fmt::format("incident '{}' has no rate, and nothing raises it", i.name.text));
    } else if (i.condition && !i.excites) {
      warn(i.name, fmt::format("'while' of the incident '{}' has no effect", i.name.text),
           "it has no rate; effects and retaliation ignore 'while'");
    }
  }
  for (const Trigger& t : scenario_.triggers) {
    if (t.effects.empty() && !used_.contains(t.name.text) &&
        !used_.contains(t.name.text + ".fired")) {
      warn(t.name, fmt::format("trigger '{}' does nothing", t.name.text));
    }
  }
}

}  // namespace truce::scenario
