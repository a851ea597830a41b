#include "cli/compared_inputs.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "cli/json.hpp"
#include "cli/report.hpp"
#include "results/summary.hpp"

namespace truce::cli {

namespace {

using results::Origin;
using results::RunParameter;

const RunParameter* find(const results::Schema& schema, const std::string& name) {
  const auto at = std::ranges::find(schema.parameters, name, &RunParameter::name);
  return at == schema.parameters.end() ? nullptr : &*at;
}

/// Whether trials cannot tell the two apart: values count, not who gave them.
bool is_same(const RunParameter* a, const RunParameter* b) {
  if (a == nullptr || b == nullptr) return a == b;
  const bool drawn = a->origin == Origin::drawn;
  return drawn == (b->origin == Origin::drawn) && (drawn || a->value == b->value);
}

std::string text_of(const RunParameter* parameter) {
  if (parameter == nullptr) return "none";
  if (parameter->origin == Origin::drawn) return "drawn in each trial";
  return fmt::format("{}{}", parameter->value + 0.0,
                     parameter->origin == Origin::set ? " (set)" : "");
}

Json json_of(const RunParameter* parameter) {
  if (parameter == nullptr) return nullptr;
  Json json = {{"origin", results::name_of(parameter->origin)}};
  if (parameter->origin != Origin::drawn) json["value"] = parameter->value;
  return json;
}

}  // namespace

ComparedInputs differing_inputs(const results::Schema& a, const results::Schema& b) {
  std::vector<std::string> names;
  for (const results::Schema* schema : {&a, &b}) {
    for (const RunParameter& parameter : schema->parameters) {
      if (std::ranges::find(names, parameter.name) == names.end()) names.push_back(parameter.name);
    }
  }
  std::vector<std::string> lines;
  Json differing = Json::object();
  for (const std::string& name : names) {
    const RunParameter* const of_a = find(a, name);
    const RunParameter* const of_b = find(b, name);
    if (is_same(of_a, of_b)) continue;
    lines.push_back(fmt::format("{}: {} vs {}", name, text_of(of_a), text_of(of_b)));
    differing[name] = {{"a", json_of(of_a)}, {"b", json_of(of_b)}};
  }
  ComparedInputs inputs;
  const bool other_scenario = a.scenario_yaml != b.scenario_yaml;
  inputs.json = {{"parameters_differ", differing}, {"scenarios_differ", other_scenario}};
  inputs.text = lines.empty() ? "no parameter differs\n"
                              : fmt::format("parameters: {}\n", fmt::join(lines, "; "));
  if (other_scenario) inputs.text += "the scenarios differ\n";
  inputs.text = fitted(inputs.text);
  return inputs;
}

void add_failures(ComparedInputs& inputs, const std::string& key,
                  const results::FailureReport& failures, const std::string& whose) {
  inputs.text += results::failures_text(failures, whose);
  inputs.json[key] = results::failures_json(failures);
}

}  // namespace truce::cli
