#include "scenario/verified.hpp"

#include <vector>

#include "engine/distributions.hpp"
#include "scenario/description.hpp"

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

}  // namespace

std::span<const Verified> verified_constructs() {
  static const std::vector<Verified> all = all_verified();
  return all;
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
