#include "api/c_scenario.hpp"

#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "api/c_error.hpp"
#include "truce/trace.hpp"

using truce::api::make;
using truce::api::require;

truce_scenario::truce_scenario(truce::Scenario from)
    : scenario(std::move(from)), named(scenario.parameters()) {
  for (const truce::Parameter& parameter : named) {
    parameters.push_back({parameter.name.c_str(), parameter.value, parameter.has_prior ? 1 : 0});
  }
}

namespace {

truce::Values values_of(const truce_setting* set, std::size_t count) {
  truce::Values values;
  if (count > 0) require(set, "set");
  for (std::size_t i = 0; i < count; ++i) {
    require(set[i].name, "a setting's name");
    if (!values.emplace(set[i].name, set[i].value).second) {
      throw truce::Error("--set: error: '" + std::string(set[i].name) + "' is set twice");
    }
  }
  return values;
}

}  // namespace

namespace truce::api {

RunOptions run_options(const truce_options* options) {
  if (options == nullptr) return {};
  if (options->size != sizeof(truce_options)) {
    throw Error("options are not of this version: begin them with TRUCE_OPTIONS");
  }
  RunOptions result{.trials = options->trials,
                    .seed = options->seed,
                    .uncertain = options->uncertain != 0,
                    .threads = options->threads};
  if (options->progress != nullptr) {
    result.progress = [call = options->progress, context = options->context](
                          std::uint64_t done, std::uint64_t planned) {
      return call(context, done, planned) == 0;
    };
  }
  return result;
}

}  // namespace truce::api

truce_error* truce_load(const char* path, const truce_setting* set, size_t count,
                        truce_scenario** scenario) {
  return make(scenario, "scenario", [&] {
    require(path, "path");
    return new truce_scenario(truce::Scenario::load(path, values_of(set, count)));
  });
}

truce_error* truce_parse(const char* text, const char* name, const truce_setting* set, size_t count,
                         truce_scenario** scenario) {
  return make(scenario, "scenario", [&] {
    require(text, "text");
    return new truce_scenario(truce::Scenario::parse(text, values_of(set, count),
                                                     name != nullptr ? name : "scenario.yaml"));
  });
}

truce_error* truce_set(const truce_scenario* scenario, const truce_setting* set, size_t count,
                       truce_scenario** changed) {
  return make(changed, "changed", [&] {
    require(scenario, "scenario");
    return new truce_scenario(scenario->scenario.with(values_of(set, count)));
  });
}

const truce_parameter* truce_parameters(const truce_scenario* scenario, size_t* count) {
  if (count != nullptr) *count = scenario != nullptr ? scenario->parameters.size() : 0;
  return scenario != nullptr ? scenario->parameters.data() : nullptr;
}

const char* truce_warnings(const truce_scenario* scenario) {
  return scenario != nullptr ? scenario->scenario.warnings().c_str() : "";
}

void truce_free_scenario(truce_scenario* scenario) {
  delete scenario;
}

truce_error* truce_trace(const truce_scenario* scenario, uint64_t trial,
                         const truce_options* options, char** json) {
  return make(json, "json", [&] {
    require(scenario, "scenario");
    const std::string text =
        truce::trace_json(scenario->scenario, trial, truce::api::run_options(options));
    auto* copy = static_cast<char*>(std::malloc(text.size() + 1));
    if (copy == nullptr) throw std::bad_alloc();
    std::memcpy(copy, text.c_str(), text.size() + 1);
    return copy;
  });
}

void truce_free_text(char* text) {
  std::free(text);
}
