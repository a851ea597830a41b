#include "scenario/verified.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/distributions.hpp"
#include "scenario/constructs/walk.hpp"

namespace truce::scenario {

namespace {

using Kind = Verified::Kind;

// All laws stand in one table of one test.
constexpr std::string_view of_laws = "its distribution function, mean and variance";

std::vector<Verified> all_verified() {
  std::vector<Verified> all;
  const auto add = [&](Kind kind, const Key& key) {
    if (!key.test.file.empty()) all.push_back({kind, key.name, key.test.file, key.test.against});
  };
  for (const Key& key : Room<Scenario>::keys) add(Kind::section, key);
  for (const EffectForm& form : effect_forms) add(Kind::effect, form.key);
  for (const ResponseForm& form : response_forms) add(Kind::response, form.key);
  for (const OutcomeForm& form : outcome_forms) add(Kind::outcome, form.key);
  const auto add_law = [&](std::string_view name, std::string_view file) {
    all.push_back({Kind::distribution, name, file, of_laws});
  };
  for (const engine::Family law : engine::all_families()) {
    add_law(engine::name_of(law), "engine/distributions.cpp");
  }
  add_law("empirical", "cli/test_empirical.py");
  add_law("truncated", "engine/distributions.cpp");
  return all;
}

/// Calls `visit` with the name of each function that an expression calls.
template <class Visit>
void for_each_call(const Expression& expression, const Visit& visit) {
  if (expression.kind == Expression::Kind::call) visit(expression.text);
  for (const auto& child : expression.children) for_each_call(child, visit);
  for (const auto& argument : expression.arguments) {
    for_each_call(argument.value, visit);
    for (const auto& weight : argument.weight) for_each_call(weight, visit);
  }
}

}  // namespace

std::span<const Verified> verified_constructs() {
  static const std::vector<Verified> all = all_verified();
  return all;
}

std::vector<Verified> constructs_of(const Scenario& scenario) {
  std::set<std::pair<Kind, std::string>> words;
  for (const Node::Entry& section : scenario.document.entries) {
    words.emplace(Kind::section, section.key);
  }
  for_each_effect(scenario, [&](const Effect& effect) {
    words.emplace(Kind::effect, form_of(effect.kind).key.name);
  });
  for (const Outcome& outcome : scenario.outcomes) {
    words.emplace(Kind::outcome, outcome.form->key.name);
  }
  for (const Policy& policy : scenario.policies) {
    for (const Response& response : policy.responses) {
      const auto form = std::ranges::find(response_forms, response.kind, &ResponseForm::kind);
      words.emplace(Kind::response, form->key.name);
    }
  }
  for_each_expression(scenario, [&](const Expression& expression) {
    for_each_call(expression,
                  [&](const std::string& name) { words.emplace(Kind::distribution, name); });
  });
  std::vector<Verified> used;
  for (const Verified& each : verified_constructs()) {
    if (words.contains({each.kind, std::string(each.word)})) used.push_back(each);
  }
  return used;
}

std::string_view name_of(Verified::Kind kind) {
  switch (kind) {
    case Kind::section:
      return "section";
    case Kind::effect:
      return "effect";
    case Kind::response:
      return "response";
    case Kind::outcome:
      return "outcome";
    case Kind::distribution:
      return "distribution";
  }
  return {};
}

}  // namespace truce::scenario
