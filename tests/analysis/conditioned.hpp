#pragma once

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

}  // namespace truce::test
