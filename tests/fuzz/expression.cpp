#include <string>

#include "fuzz/targets.hpp"
#include "fuzz/trials.hpp"
#include "scenario/compile.hpp"
#include "scenario/syntax.hpp"

namespace truce::fuzz {

namespace {

/// Whatever an expression may speak of.
constexpr const char* around = R"yaml(truce: 2
horizon: 30
parameters: {word: {value: 0.9, prior: "beta(18, 2)"}, calm: 0.02}
parties: {a: {role: principal, trust: 0.5, will: 1}, b: {role: principal}}
cohorts: {guests: {held_by: a, living: 10, remains: 2}}
)yaml";

}  // namespace

void expression(std::string_view text) {
  scenario::Node node;
  node.kind = scenario::Node::Kind::scalar;
  node.text = text;
  for (const auto unit : {scenario::Unit::none, scenario::Unit::duration, scenario::Unit::rate}) {
    scenario::Diagnostics diagnostics;
    bool ok = true;
    scenario::parse_expression(node, unit, diagnostics, ok);
    require(ok != diagnostics.has_errors(), "what is refused has an error");
  }
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? "''" : std::string(1, c);
  quoted += "'";
  scenario::Diagnostics diagnostics;
  const auto loaded = scenario::load_text(
      std::string(around) + "levels: {x: " + quoted + "}\noutcomes: {y: {value: " + quoted +
          "}, z: {value: x}}\nincidents: {shot: {rate: " + quoted + "}}\n",
      "fuzzed.yaml", {}, diagnostics);
  require(loaded.has_value() || diagnostics.has_errors(), "what is refused has an error");
  if (loaded) run_three_trials(loaded->model);
}

}  // namespace truce::fuzz
