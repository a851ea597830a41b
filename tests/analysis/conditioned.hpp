#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "analysis/conditioning.hpp"
#include "scenario/observed.hpp"

namespace truce::test {

/// Trials given a record, with the values that tests look at.
struct ConditionedTrials {
  analysis::Conditioning found;
  model::Model model;
  std::vector<scenario::KnownFact> facts;
  results::Block rows;

  /// A drawn parameter, or an outcome, of every row.
  [[nodiscard]] const std::vector<double>& parameter(const std::string& name) const {
    std::size_t next = 0;
    for (const model::Parameter& each : model.parameters) {
      if (each.name == name) return rows.drawn.at(next);
      if (each.drawn) ++next;
    }
    throw std::runtime_error("no parameter " + name);
  }
  [[nodiscard]] const std::vector<double>& column(const std::string& name) const {
    for (std::size_t c = 0; c < model.columns.size(); ++c) {
      if (model.columns[c].name == name) return rows.columns.at(c);
    }
    throw std::runtime_error("no column " + name);
  }
  [[nodiscard]] const results::PosteriorParameter& posterior(std::size_t i = 0) const {
    return found.told.posterior.at(i);
  }
};

/// `known` are the facts of a record, as a YAML list. Throws all diagnostics where there are any.
inline ConditionedTrials conditioned(const std::string& scenario_yaml, const std::string& known,
                                     analysis::ConditionSettings settings) {
  scenario::Diagnostics diagnostics;
  const auto record =
      scenario::read_record_text("record: 1\nknown: " + known, "record.yaml", diagnostics);
  if (!record) throw std::runtime_error(diagnostics.text());
  scenario::Observed observed{.record = &*record};
  auto loaded = scenario::load_observed(
      scenario::parse_document(scenario_yaml, "test.yaml", diagnostics), {}, observed, diagnostics);
  if (!loaded) throw std::runtime_error(diagnostics.text());
  ConditionedTrials trials{.model = std::move(loaded->model), .facts = std::move(observed.facts)};
  trials.found = analysis::condition(trials.model, trials.facts, settings);
  analysis::RowRunner runner(trials.model, trials.facts, settings);
  trials.rows = runner.run(trials.found.rows, 0, trials.found.rows.size());
  analysis::add_posterior(trials.model, trials.rows.drawn, trials.found);
  return trials;
}

inline analysis::ConditionSettings condition_settings(
    std::optional<analysis::ConditionMethod> method = {}) {
  analysis::ConditionSettings result{
      .rows = 4000, .effective = 4000, .group_size = 512, .method = method, .threads = 2};
  result.simulator.parameters = model::ParameterSource::from_priors;
  return result;
}

inline constexpr const char* steps = R"yaml(truce: 2
horizon: 20
parameters: {p: {value: 0.4, prior: "beta(2, 3)"}}
levels: {done: 0}
triggers: {step: {every: 1, chance: p, do: [{add: {done: 1}}]}}
outcomes: {done_by_10: {peak: "if(time < 10.5, done, 0)"}, done_at_end: {value: done}}
)yaml";

inline constexpr const char* shots = R"yaml(truce: 2
horizon: 20
parameters: {r: {value: 1, prior: "gamma(1, 0.5)"}}
levels: {shots: 0}
triggers: {shot: {rate: r, do: [{add: {shots: 1}}]}}
outcomes: {shots_in_all: {value: shots}}
)yaml";

}  // namespace truce::test
